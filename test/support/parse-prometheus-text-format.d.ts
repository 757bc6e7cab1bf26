declare module 'parse-prometheus-text-format' {
  export default function parse(text: string): Array<{ name: string; type: string }>;
}
