# The web application with the CCXT gateway. Build:  docker build -t execution-engine .
FROM node:22-bookworm-slim AS gateway
WORKDIR /gateway
COPY ExEngine.Core/Exchanges/Ccxt/gateway/package.json ExEngine.Core/Exchanges/Ccxt/gateway/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && touch node_modules/.installed

# The gateway alone, as an account that owns nothing here; docker-compose.yml runs it so.
FROM node:22-bookworm-slim AS gateway-server
COPY ExEngine.Core/Exchanges/Ccxt/gateway/ /gateway/
COPY --from=gateway /gateway/node_modules/ /gateway/node_modules/
WORKDIR /gateway
USER node
EXPOSE 8090
ENTRYPOINT ["node", "--permission", "--allow-fs-read=/gateway/", "--max-old-space-size=1024", "server.mjs"]

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY eng/ eng/
COPY ExEngine.Core/ExEngine.Core.csproj ExEngine.Core/packages.lock.json ExEngine.Core/
COPY ExEngine.Web/ExEngine.Web.csproj ExEngine.Web/packages.lock.json ExEngine.Web/
RUN dotnet restore ExEngine.Web -p:PublishReadyToRun=true -p:CompilePackagesAhead=false --locked-mode
COPY ExEngine.Core/ ExEngine.Core/
COPY ExEngine.Web/ ExEngine.Web/
# Installed above, later than its lock file was written, so that the build, which has no Node.js here, leaves it as it is. Published
# for one kind of machine, so that the code is compiled for it here and not at every start.
COPY --from=gateway /gateway/node_modules/ ExEngine.Core/obj/gateway/node_modules/
RUN touch ExEngine.Core/obj/gateway/node_modules/.installed \
    && dotnet publish ExEngine.Web -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" --self-contained false -p:PublishReadyToRun=true -p:CompilePackagesAhead=false --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=gateway /usr/local/bin/node /usr/local/bin/node
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app -m 700 /data
COPY --from=build /app /app
WORKDIR /app
USER app
ENV ASPNETCORE_URLS=http://+:8080 \
    ASPNETCORE_HTTP_PORTS= \
    Data__Directory=/data
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["curl", "-fsS", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "ExEngine.Web.dll"]
