// Opens the pages of a unit without a line, where a browser allows it. The page comes from the network first, its hashed files
// from what is kept, and the API from nowhere else: what it answered is kept by the page itself (web/phone/kept.ts).
const KEPT = 'qingkong-phone';
const PAGE = '/u';
/** The desk is not for the road. */
const IS_OF_UNIT = /^\/(u(\/.*)?)?$/;
const FILES = /\/assets\/[\w.-]+/g;

/** One page serves all addresses of a unit. Files of the build before it are dropped. */
async function keep(response) {
  const kept = await caches.open(KEPT);
  const files = [...new Set((await response.clone().text()).match(FILES))];
  await kept.put(PAGE, response);
  const old = (await kept.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(old.filter((path) => path !== PAGE && !files.includes(path)).map((path) => kept.delete(path)));
  await kept.addAll(files.filter((file) => !old.includes(file)));
}

async function page(event) {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

const file = async ({ request }) => (await caches.match(request)) ?? fetch(request);

self.addEventListener('install', (event) => {
  event.waitUntil(fetch(PAGE, { headers: { Accept: 'text/html' } }).then(keep));
});

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === 'navigate') {
    if (IS_OF_UNIT.test(pathname)) event.respondWith(page(event));
  } else if (pathname.startsWith('/assets/')) event.respondWith(file(event));
});
