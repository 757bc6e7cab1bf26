/** Random lives and calendars in tests: short by default; `QINGKONG_TESTS=long`, as in .ci/run, takes them at length. */
export const atLength = <T>(long: T, short: T): T => (process.env.QINGKONG_TESTS === 'long' ? long : short);
