using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Web.Components.Pages.Accounts;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Accounts;

public sealed class AccountUseGroupTests
{
    private static readonly Guid Account = Guid.NewGuid();

    [Fact]
    public void EveryUse_LeadsToWhereItIs()
    {
        var webhook = Use("webhook", "Breakout");

        var groups = AccountUseGroup.Of(
            Account,
            [webhook, Use("order", "BTC/USDT"), Use("order", "ETH/USDT"), Use(AccountUse.Position, "BTC/USDT"), Use("position", "BTC/USDT")]
        );

        groups
            .SelectMany(g => g.Links)
            .ShouldBe([
                ("Breakout", $"webhooks/{webhook.Id}"),
                ("2 open orders", $"orders?status=Active&accountId={Account}"),
                ("1 position", "positions"),
            ]);
        groups.SelectMany(g => g.Lines).ShouldBe(["Webhook Breakout", "2 open orders: BTC/USDT, ETH/USDT", "1 position: BTC/USDT"]);
    }

    [Theory]
    [InlineData(4, 4, null)]
    [InlineData(5, 4, "and 2 more")]
    [InlineData(40, 4, "and 37 more")]
    public void ManyWebhooks_AreNamedInPart(int count, int shown, string? more)
    {
        var links = AccountUseGroup.Of(Account, [.. Enumerable.Range(0, count).Select(i => Use("webhook", $"Webhook {i}"))])[0].Links;

        links.Count.ShouldBe(shown);
        links.Select(l => l.Word).FirstOrDefault(w => w.StartsWith("and ", StringComparison.Ordinal)).ShouldBe(more);
    }

    [Fact]
    public void UnusedAccount_HasNoGroups() => AccountUseGroup.Of(Account, []).ShouldBeEmpty();

    private static AccountUse Use(string kind, string name) =>
        new()
        {
            AccountId = Account,
            Kind = kind,
            Id = Guid.NewGuid(),
            Name = name,
        };
}
