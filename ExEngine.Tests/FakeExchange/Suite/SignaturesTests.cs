using ExEngine.Tests.FakeExchange.Dialect;
using ExEngine.Tests.FakeExchange.Trading;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <summary>Held against the examples in Binance's documentation, key and secret included.</summary>
public sealed class SignaturesTests
{
    private const string Key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string First = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
    private const string Rest = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
    private const string OfAll = "&signature=c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";
    private const string OfMixed = "&signature=0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";
    private const long Sent = 1499827319559;
    private readonly Accounts _accounts = new();

    public SignaturesTests() => _accounts.AddKey(_accounts.Open("customer"), new FakeKeyRights(), Key, Secret);

    [Theory]
    [InlineData("", First + "&" + Rest + OfAll)]
    [InlineData(First + "&" + Rest + OfAll, "")]
    [InlineData(First, Rest + OfMixed)]
    public void ExamplesOfTheDocumentation_AreGood(string query, string body) => Check(query, body, Sent).Account.Name.ShouldBe("customer");

    [Fact]
    public void SignatureOfOtherParameters_IsRefused() =>
        Code(() => Check("", First + "&" + Rest.Replace("quantity=1", "quantity=2") + OfAll, Sent)).ShouldBe(-1022);

    [Theory]
    [InlineData(-999, null)] // timestamp < server time + 1000
    [InlineData(-1000, -1021)]
    [InlineData(5000, null)] // server time - timestamp <= recvWindow
    [InlineData(5001, -1021)]
    public void Timestamp_IsGoodExactlyInItsWindow(long serverIsLater, int? code) =>
        Code(() => Check("", First + "&" + Rest + OfAll, Sent + serverIsLater)).ShouldBe(code);

    [Theory]
    [InlineData(null, -2014)]
    [InlineData("short", -2014)]
    [InlineData("vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8B", -2015)]
    public void UnknownKey_IsRefused(string? key, int code) => Code(() => Check("", First + "&" + Rest + OfAll, Sent, key)).ShouldBe(code);

    [Fact]
    public void WindowOverAMinute_IsRefused() =>
        Code(() => Check("", $"timestamp={Sent}&recvWindow=60001&signature=00", Sent, Key)).ShouldBe(-1131);

    private ApiKey Check(string query, string body, long server) => Check(query, body, server, Key);

    private ApiKey Check(string query, string body, long server, string? key) =>
        Signatures.Check(
            new FakeRequest("POST", "/api/v3/order", query, body, key, default),
            _accounts,
            DateTimeOffset.FromUnixTimeMilliseconds(server)
        );

    private static int? Code(Func<ApiKey> check)
    {
        try
        {
            check();
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }
}
