/** A gate before every way out of the installation. */
import { reachesPerson } from '../../plan/rules/ways.js';
import { CHANNELS, type Channel } from '../../plan/types.js';
import type { ChannelSender } from './channel.js';
import type { Channels } from './create-channels.js';
import { type GateSettings, gated } from './gate.js';

export function behindGates(channels: Channels, settings: GateSettings): Channels {
  const guards = CHANNELS.flatMap((channel) => {
    const sender = channels[channel];
    return sender ? [[channel, guard(channel, sender, settings)] as const] : [];
  });
  return { ...channels, ...Object.fromEntries(guards) };
}

/** Each robot and endpoint is a way of its own; the others have one server or gateway for all addresses. */
function guard(channel: Channel, sender: ChannelSender, settings: GateSettings): ChannelSender {
  if (reachesPerson(channel)) return gated(sender, channel, ({ to }) => to.address, settings);
  const gates = new Map<string, ChannelSender>();
  return {
    send(message, signal) {
      const { address } = message.to;
      const gate = gates.get(address) ?? gated(sender, `${channel} ${address}`, ({ key }) => key, settings);
      gates.set(address, gate);
      return gate.send(message, signal);
    },
  };
}
