/** The name of a configured robot or endpoint. An address with its secret does not match. */
export const ENDPOINT = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;
