using ExEngine.Tests.Path.Live;
using ExEngine.Tests.Support;
using Xunit;

namespace ExEngine.Tests.Path.Bots;

[NeedsServer]
public sealed class AlertedBotOnSqlite(LiveApp live) : AlertedBotSuite(live), IClassFixture<LiveApp>;

[NeedsServer]
public sealed class AlertedBotOnPostgres(PostgresLiveApp live) : AlertedBotSuite(live), IClassFixture<PostgresLiveApp>;
