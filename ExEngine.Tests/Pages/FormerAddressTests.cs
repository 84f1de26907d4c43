using System.Net;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>The accounts were once under "API keys".</summary>
[NeedsServer]
public sealed class FormerAddressTests(DoorsApp app)
{
    [Theory]
    [InlineData("/api-keys", "/accounts")]
    [InlineData("/api-keys?edit=1&name=a%20b", "/accounts?edit=1&name=a%20b")]
    [InlineData("/api-keys/one/two?x=1", "/accounts/one/two?x=1")]
    public async Task FormerAddress_LeadsToTheAccounts(string former, string present)
    {
        using var visitor = await new Visitor(app.Address).TakeTokensAsync();

        var answer = await visitor.Http.GetAsync(former);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        visitor.GoesTo(answer).ShouldBe(present);
    }
}
