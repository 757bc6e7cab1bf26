/** The size of a random test: short by default, long with `QINGKONG_TESTS=long`, as in .ci/run. */
export const atLength = <T>(long: T, short: T): T => (process.env.QINGKONG_TESTS === 'long' ? long : short);
