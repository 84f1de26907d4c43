using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Hosting;

[NeedsServer]
public sealed class FailpointTests
{
    [Theory]
    [InlineData("plan.beforeCommit", true)]
    [InlineData("plan.beforeCommit:3", true)]
    [InlineData("plan.beforeCommit:0", false)]
    [InlineData("plan.beforeCommit:x", false)]
    [InlineData("plan.beforeCommit:1:2", false)]
    [InlineData("plan", false)]
    [InlineData("@/tmp/failpoint", true)]
    [InlineData("@failpoint", false)]
    [InlineData("@", false)]
    public void Setting_NamesAPointOrNone(string setting, bool isPoint) => Failpoint.IsPoint(setting).ShouldBe(isPoint);

    [Fact]
    public async Task CheckingTheSettings_ArmsNothing()
    {
        // A million times further than any test comes, should it be armed all the same.
        await using var database = await TestDatabase.SqliteAsync(s =>
            s.Configure<ExecutionOptions>(o => o.DangerousFailpoint = "protection.afterCommit:1000000000")
        );

        database.Get<IOptions<ExecutionOptions>>().Value.DangerousFailpoint.ShouldNotBeNull();

        Failpoint.Armed.ShouldBeNull();
    }
}
