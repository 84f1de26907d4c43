using ExEngine.Tests.Support;
using Xunit;

namespace ExEngine.Tests.Path.Live;

[NeedsServer]
public sealed class LiveProtectionOnSqlite(LiveApp live) : LiveProtectionSuite(live), IClassFixture<LiveApp>;

[NeedsServer]
public sealed class LiveProtectionOnPostgres(PostgresLiveApp live) : LiveProtectionSuite(live), IClassFixture<PostgresLiveApp>;
