# The web application with the CCXT gateway. Build:  docker build -t execution-engine .
FROM node:22-bookworm-slim AS gateway
WORKDIR /gateway
COPY ExEngine.Core/Exchanges/Ccxt/gateway/package.json ExEngine.Core/Exchanges/Ccxt/gateway/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY ExEngine.Core/Exchanges/Ccxt/gateway/ ./

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/ eng/
COPY ExEngine.Core/ExEngine.Core.csproj ExEngine.Core/
COPY ExEngine.Web/ExEngine.Web.csproj ExEngine.Web/
RUN dotnet restore ExEngine.Web
COPY ExEngine.Core/ ExEngine.Core/
COPY ExEngine.Web/ ExEngine.Web/
# Installed above; the mark says so to the build, which has no Node.js here.
COPY --from=gateway /gateway/ ExEngine.Core/Exchanges/Ccxt/gateway/
RUN touch ExEngine.Core/Exchanges/Ccxt/gateway/node_modules/.installed \
    && dotnet publish ExEngine.Web -c Release --no-restore -o /app

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
