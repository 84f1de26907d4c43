using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Webhooks;

public sealed class WebhookValidatorTests
{
    private static readonly ExchangeAccount Account = new()
    {
        Id = Guid.Parse("00000000-0000-7000-8000-000000000001"),
        Name = "Paper",
        NormalizedName = "PAPER",
        Exchange = "paper",
    };

    [Fact]
    public async Task PlainWebhook_IsFine() => (await FieldsAsync(_ => { })).ShouldBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("ab")]
    [InlineData(" ab ")]
    [InlineData("taken")]
    [InlineData("a\0bc")]
    public async Task WrongName_IsRefused(string? name) => (await FieldsAsync(w => w.Name = name)).ShouldBe(["Name"]);

    [Fact]
    public async Task NameOf64_IsFineAnd65IsNot()
    {
        (await FieldsAsync(w => w.Name = new string('n', 64))).ShouldBeEmpty();
        (await FieldsAsync(w => w.Name = new string('n', 65))).ShouldBe(["Name"]);
    }

    [Fact]
    public async Task UnknownAccount_IsRefused()
    {
        (await FieldsAsync(w => w.AccountId = null)).ShouldBe(["AccountId"]);
        (await FieldsAsync(w => w.AccountId = Guid.Empty)).ShouldBe(["AccountId"]);
    }

    [Theory]
    [InlineData(WebhookAuthMode.Secret, true)]
    [InlineData(WebhookAuthMode.Hmac, false)]
    [InlineData(WebhookAuthMode.Standard, false)]
    public async Task TradingView_CanOnlyUseASecret(WebhookAuthMode auth, bool fine)
    {
        var fields = await FieldsAsync(w => (w.Sender, w.Auth) = (WebhookSender.TradingView, auth));

        fields.ShouldBe(fine ? [] : ["Auth"]);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(10_000, 3_600, true)]
    [InlineData(0, 5, false)]
    [InlineData(10_001, 5, false)]
    [InlineData(2, 0, false)]
    [InlineData(2, 3_601, false)]
    public async Task RateLimit_HasBounds(int permits, int window, bool fine) =>
        (await FieldsAsync(w => w.RateLimit = new(permits, window))).ShouldBe(fine ? [] : ["RateLimit"]);

    [Theory]
    [InlineData(1, true)]
    [InlineData(86_400, true)]
    [InlineData(0, false)]
    [InlineData(86_401, false)]
    public async Task MaxLag_HasBounds(int seconds, bool fine) =>
        (await FieldsAsync(w => w.MaxLagSeconds = seconds)).ShouldBe(fine ? [] : ["MaxLagSeconds"]);

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("203.0.113.0/24", true)]
    [InlineData("2001:db8::/32", true)]
    [InlineData("203.0.113.300", false)]
    [InlineData("10.1", false)]
    [InlineData("7", false)]
    [InlineData("203.0.113.0/33", false)]
    [InlineData("example.com", false)]
    [InlineData("", false)]
    public async Task AllowedIps_AreAddressesOrRanges(string ip, bool fine) =>
        (await FieldsAsync(w => w.AllowedIps = [ip])).ShouldBe(fine ? [] : ["AllowedIps"]);

    [Theory]
    [InlineData("auto", true)]
    [InlineData("tradersPost", true)]
    [InlineData("Native", false)]
    [InlineData("nothing", false)]
    public async Task Preset_IsAKnownOne(string preset, bool fine) =>
        (await FieldsAsync(w => w.Preset = preset)).ShouldBe(fine ? [] : ["Preset"]);

    [Theory]
    [InlineData(SizeMode.Base, "0.001", true)]
    [InlineData(SizeMode.Base, "0", false)]
    [InlineData(SizeMode.Quote, "-1", false)]
    [InlineData(SizeMode.PercentOfEquity, "100", true)]
    [InlineData(SizeMode.PercentOfEquity, "100.1", false)]
    public async Task DefaultSize_IsAboveZeroAndAPercentAtMost100(SizeMode mode, string value, bool fine) =>
        (
            await FieldsAsync(w => w.DefaultSize = new(mode, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)))
        ).ShouldBe(fine ? [] : ["DefaultSize"]);

    [Fact]
    public async Task DefaultSymbolThatTheExchangeDoesNotKnow_IsRefusedWithItsWords() =>
        (await FieldsAsync(w => w.DefaultSymbol = "NOPE/USDT")).ShouldBe(["DefaultSymbol"]);

    [Fact]
    public async Task DefaultSymbolWithAControlCharacter_IsRefused() =>
        (await FieldsAsync(w => w.DefaultSymbol = "BTC\0/USDT")).ShouldBe(["DefaultSymbol"]);

    private static async Task<List<string>> FieldsAsync(Action<WebhookInput> change)
    {
        var input = new WebhookInput { Name = "Trend", AccountId = Account.Id };
        change(input);
        var facts = new WebhookContext
        {
            Accounts = [Account],
            NameTaken = (name, _) => Task.FromResult(name == "taken"),
            SymbolProblem = (_, symbol, _) => Task.FromResult(symbol == "NOPE/USDT" ? "Unknown symbol." : null),
        };
        var result = await new WebhookValidator(facts).ValidateAsync(input);
        return [.. result.Errors.Select(e => e.PropertyName)];
    }
}
