import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

const PARTS_OF_A_NETWORK = 4;

/** The address that failures are counted for. Through the proxies we trust it is the one they forward. */
export const callerAddress = ({ ip }: Pick<Request, 'ip'>): string =>
  ip === undefined ? 'unknown' : countedAddress(ip);

/** As it is shown to people and kept: `203.0.113.*`, `2001:db8:0:7::/64`. */
export const shortened = (counted: string): string => counted.replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.*');

/**
 * One line of a provider has a whole /64 of IPv6 addresses, so they count as one. Example: `2001:db8:0:7::1` and
 * `2001:db8:0:7::2` are `2001:db8:0:7::/64`. An IPv4 address that is mapped into IPv6 counts as IPv4.
 */
function countedAddress(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  const network = address.parts.slice(0, PARTS_OF_A_NETWORK).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
