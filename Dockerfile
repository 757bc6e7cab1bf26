FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
# Threads for passwords, files and the compression of what goes to the engine. Two arenas of memory: one for each thread keeps more.
ENV NODE_ENV=production UV_THREADPOOL_SIZE=8 MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/plan/editions plan/editions
COPY --from=build /app/dist dist
RUN install -d -o node -g node -m 700 /data
ENV QINGKONG_DATA=/data
VOLUME /data
USER node
EXPOSE 3000
CMD ["node", "dist/app/main.js"]
