using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Accounts;

public sealed class ExchangeAccountValidatorTests
{
    private static readonly ExchangeInfo[] Exchanges =
    [
        new("paper", "Paper", [], true),
        new("binance", "Binance", ["apiKey", "secret"], true),
        new("okx", "OKX", ["apiKey", "secret", "password"], true),
        new("hyperliquid", "Hyperliquid", ["walletAddress", "privateKey"], true),
    ];

    [Fact]
    public async Task PaperAndCompleteLiveAccounts_AreFine()
    {
        (await FieldsAsync(Paper())).ShouldBeEmpty();
        (await FieldsAsync(Live("binance"))).ShouldBeEmpty();
        (await FieldsAsync(Live("okx") with { Passphrase = "x" })).ShouldBeEmpty();
        (await FieldsAsync(Paper() with { Exchange = "binance", Mode = AccountMode.Paper })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("ab")]
    [InlineData("  ab  ")]
    [InlineData("taken")]
    [InlineData("a\0bc")]
    public async Task WrongName_IsRefused(string? name) => (await FieldsAsync(Paper() with { Name = name })).ShouldBe(["Name"]);

    [Theory]
    [InlineData(null, "Exchange")]
    [InlineData("nowhere", "Exchange")]
    public async Task UnknownExchange_IsRefused(string? exchange, string field) =>
        (await FieldsAsync(Paper() with { Exchange = exchange, Mode = AccountMode.Paper })).ShouldBe([field]);

    [Fact]
    public async Task ModeMissing_IsRefusedExceptOnPaper() =>
        (await FieldsAsync(new() { Name = "Main", Exchange = "binance" })).ShouldBe(["Mode"]);

    [Fact]
    public async Task LiveOnThePaperExchange_IsRefused() => (await FieldsAsync(Live("paper"))).ShouldContain("Mode");

    [Fact]
    public async Task LiveOnAnExchangeWhoseCredentialsCannotBeStored_IsRefused() =>
        (await FieldsAsync(Live("hyperliquid"))).ShouldBe(["Exchange"]);

    [Theory]
    [InlineData("", "secret-12345", "ApiKey")]
    [InlineData("1234567", "secret-12345", "ApiKey")]
    [InlineData("1234 5678", "secret-12345", "ApiKey")]
    [InlineData("12345678", "", "Secret")]
    [InlineData("12345678", "short", "Secret")]
    [InlineData("12345678", "has a\ttab in it", "Secret")]
    public async Task LiveKeys_AreRequiredLongEnoughAndWhole(string key, string secret, string field) =>
        (await FieldsAsync(Live("binance") with { ApiKey = key, Secret = secret })).ShouldBe([field]);

    [Fact]
    public async Task SpacesAroundAKey_AreFine() => (await FieldsAsync(Live("binance") with { ApiKey = " 12345678 \n" })).ShouldBeEmpty();

    [Fact]
    public async Task PassphraseWhereTheExchangeWantsOne_IsRequired() => (await FieldsAsync(Live("okx"))).ShouldBe(["Passphrase"]);

    [Fact]
    public async Task KeysOfAPaperAccount_AreRefused() => (await FieldsAsync(Paper() with { ApiKey = "12345678" })).ShouldBe(["ApiKey"]);

    [Theory]
    [InlineData("USDT", "10000", true)]
    [InlineData("1INCH", "0.000000000000000001", true)]
    [InlineData("usdt", "1", false)]
    [InlineData("", "1", false)]
    [InlineData("US DT", "1", false)]
    [InlineData("USDT", "0", false)]
    [InlineData("USDT", "-1", false)]
    [InlineData("USDT", "1e5", false)]
    [InlineData("USDT", "1,000", false)]
    [InlineData("USDT", "", false)]
    [InlineData("USDT", "1.00000000000000000000000000001", false)]
    public async Task PaperBalances_AreAssetsAndExactAmounts(string asset, string amount, bool fine) =>
        (await FieldsAsync(Paper() with { PaperBalances = new Dictionary<string, string> { [asset] = amount } })).ShouldBe(
            fine ? [] : ["PaperBalances"]
        );

    [Fact]
    public async Task NoPaperBalanceAtAll_IsRefused() =>
        (await FieldsAsync(Paper() with { PaperBalances = new Dictionary<string, string>() })).ShouldBe(["PaperBalances"]);

    [Fact]
    public async Task EmptySecretsOfAStoredAccount_KeepWhatIsStored()
    {
        var stored = new ExchangeAccount
        {
            Name = "Main",
            NormalizedName = "MAIN",
            Exchange = "okx",
            Mode = AccountMode.Live,
            ApiKeySealed = "k",
            SecretSealed = "s",
        };

        (await FieldsAsync(new() { Name = "Main" }, stored)).ShouldBe(["Passphrase"]);
        stored.PassphraseSealed = "p";
        (await FieldsAsync(new() { Name = "Main" }, stored)).ShouldBeEmpty();
    }

    private static ExchangeAccountInput Paper() => new() { Name = "Main", Exchange = "paper" };

    private static ExchangeAccountInput Live(string exchange) =>
        new()
        {
            Name = "Main",
            Exchange = exchange,
            Mode = AccountMode.Live,
            ApiKey = "12345678",
            Secret = "secret-12345",
        };

    private static async Task<List<string>> FieldsAsync(ExchangeAccountInput input, ExchangeAccount? stored = null)
    {
        var facts = new ExchangeAccountContext
        {
            Exchanges = Exchanges,
            Stored = stored,
            NameTaken = (name, _) => Task.FromResult(name == "taken"),
        };
        var result = await new ExchangeAccountValidator(facts).ValidateAsync(input);
        return [.. result.Errors.Select(e => e.PropertyName)];
    }
}
