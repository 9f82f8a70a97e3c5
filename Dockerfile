# Dojang in a container: Node as it comes, what the lockfile names, and the source as it stands. There is nothing to build.
#
#   docker build -t dojang .
#   docker run -p 8000:8000 -v dojang:/data dojang
#
# Node comes from its own image and not from the lockfile's platform package: 120 MB less, and security fixes of Debian's
# libraries come with each pull. `--omit=optional` leaves that package out.

FROM node:26-slim AS packages
WORKDIR /dojang
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DOJANG_DATA=/data
WORKDIR /dojang
COPY --from=packages /dojang/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
RUN install -d -o 1000 -g 1000 -m 0700 /data
# By number, so that an orchestrator can see that it is not root: `node` of the image.
USER 1000:1000
VOLUME /data
EXPOSE 8000
# Alive, not ready: while the database is away a restart would help nobody.
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s --start-interval=1s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "bin/dojang.js", "serve"]
