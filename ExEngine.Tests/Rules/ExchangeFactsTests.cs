using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt.Descriptions;
using ExEngine.Core.Text;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Rules;

/// <summary>What is true of one exchange stands in one description, and the engine and the gateway read the same in it.</summary>
[NeedsServer]
public sealed partial class ExchangeFactsTests
{
    private const string Gateway = "ExEngine.Core/Exchanges/Ccxt/gateway";

    private static readonly JsonSerializerOptions Strict = new(ExactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    [Fact]
    public async Task EngineAndGateway_ReadTheSame()
    {
        Need.Node();

        var printed = await ChildProcess.RunAsync(
            "node",
            "--input-type=module",
            "--eval",
            $"import {{ all }} from '{Source.Path(Gateway, "descriptions.mjs")}'; console.log(JSON.stringify(all()));"
        );

        var read = JsonSerializer.Deserialize<Dictionary<string, ExchangeDescription>>(printed, Strict)!;
        read.Keys.Order().ShouldBe(ExchangeDescriptions.All.Keys.Order());
        foreach (var (id, description) in ExchangeDescriptions.All)
        {
            JsonSerializer.Serialize(read[id], Strict).ShouldBe(JsonSerializer.Serialize(description, Strict), id);
        }
    }

    [Fact]
    public void WhatTheGatewayAsksOfADescription_IsAKeyOfIt()
    {
        var keys = Keys(typeof(ExchangeDescription)).ToHashSet();
        var asked = Modules().SelectMany(m => Asked(m.Code)).Distinct().ToList();

        asked.Count.ShouldBeGreaterThan(8);
        asked.Except(keys).ShouldBeEmpty();
    }

    [Fact]
    public void EveryKey_IsReadBySomebody()
    {
        var gateway = string.Concat(Modules().Select(m => m.Code));
        var engine = string.Concat(
            SourceFile.All.Where(f => f.Path.StartsWith("ExEngine.Core/Exchanges/", StringComparison.Ordinal)).Select(f => f.Code)
        );

        Keys(typeof(ExchangeDescription))
            .Where(key => !Regex.IsMatch(gateway, $@"\b{key}\b") && !engine.Contains($".{char.ToUpperInvariant(key[0])}{key[1..]}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task ExchangesAreNamed_InTheirDescriptionOnly()
    {
        var ids = (await new ExchangeDirectory().ListAsync(CancellationToken.None)).Select(e => e.Id).ToHashSet();
        ids.Remove(ExchangeInfo.Paper).ShouldBeTrue();
        foreach (var id in ExchangeDescriptions.All.Keys)
        {
            ids.ShouldContain(id);
        }

        // But for the words of message formats, one of which is called as the exchange that it comes from.
        SourceFile
            .All.Where(f => f.Path.StartsWith("ExEngine.Core/", StringComparison.Ordinal) && !f.Path.Contains("/Payloads/"))
            .SelectMany(f => Texts().Matches(Code(File.ReadAllText(Source.Path(f.Path)))).Select(m => (f.Path, Text: m.Groups[1].Value)))
            .Where(t => ids.Contains(t.Text))
            .ShouldBeEmpty();
        Modules().SelectMany(m => Word().Matches(m.Code).Select(w => (m.File, w.Value))).Where(w => ids.Contains(w.Value)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("binance", true)]
    [InlineData("binanceus", true)]
    [InlineData("binanceusdm", false)]
    [InlineData("bybiteu", true)]
    [InlineData("okx", false)]
    [InlineData("mexc", false)]
    [InlineData(ExchangeInfo.Paper, true)]
    public void StopsRest_WhereTheGatewaySendsThem(string exchange, bool rest) => ExchangeInfo.TakesStops(exchange).ShouldBe(rest);

    [Theory]
    [InlineData("coinbase", true)]
    [InlineData("gate", true)]
    [InlineData("bitget", true)]
    [InlineData("htx", true)]
    [InlineData("cryptocom", false)] // CCXT says so, and sends a quantity
    [InlineData("bybit", false)] // but its classic accounts
    [InlineData("binance", false)]
    [InlineData("okx", false)]
    [InlineData(ExchangeInfo.Paper, false)]
    public void MarketBuysGoByCost_WhereCcxtSaysSoAndNothingElseIsKnown(string exchange, bool byCost) =>
        ExchangeInfo.BuysByCost(exchange).ShouldBe(byCost);

    [Fact]
    public async Task MarketBuysGoByCost_InTheEngineWhereTheGatewaySendsThemSo()
    {
        Need.Node();
        var printed = await ChildProcess.RunAsync(
            "node",
            "--input-type=module",
            "--eval",
            $$"""
            import ccxt from '{{Source.Path("ExEngine.Core/obj/gateway/node_modules/ccxt/js/ccxt.js")}}';
            import { wantsCost } from '{{Source.Path("ExEngine.Core/obj/gateway/costs.mjs")}}';
            const spot = { spot: true };
            console.log(JSON.stringify(ccxt.exchanges.filter((id) => wantsCost(new ccxt[id](), spot, 'buy'))));
            """
        );

        var sent = JsonSerializer.Deserialize<List<string>>(printed)!;
        var known = await new ExchangeDirectory().ListAsync(CancellationToken.None);
        known.Where(e => ExchangeInfo.BuysByCost(e.Id)).Select(e => e.Id).Order().ShouldBe(sent.Order());
        ExchangeInfo.MayBuyByCost("bybit").ShouldBeTrue("only the gateway knows of which kind an account is");
        ExchangeInfo.MayBuyByCost("binance").ShouldBeFalse();
    }

    private static IEnumerable<string> Asked(string code) =>
        Member()
            .Matches(code)
            .Select(m => m.Groups[1].Value)
            .Concat(Taken().Matches(code).SelectMany(m => m.Groups[1].Value.Split(',')).Select(name => name.Split(':')[0].Trim()));

    private static IEnumerable<string> Keys(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(p =>
                p.PropertyType.Namespace == type.Namespace ? Keys(p.PropertyType).Prepend(p.Name)
                : p.PropertyType.GenericTypeArguments is [{ } item] && item.Namespace == type.Namespace ? Keys(item).Prepend(p.Name)
                : [p.Name]
            )
            .Select(JsonNamingPolicy.CamelCase.ConvertName)
            .Distinct();

    private static IEnumerable<(string File, string Code)> Modules() =>
        Directory
            .EnumerateFiles(Source.Path(Gateway), "*.mjs")
            .Select(file => (System.IO.Path.GetFileName(file), Code(File.ReadAllText(file))));

    private static string Code(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"described\([\w.]+\)\.(\w+)")]
    private static partial Regex Member();

    [GeneratedRegex(@"const \{([^}]*)\} = described\(")]
    private static partial Regex Taken();

    [GeneratedRegex(@"""([a-z0-9]+)""")]
    private static partial Regex Texts();

    [GeneratedRegex(@"(?<!\w)[a-z0-9]+(?!\w)")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<!:)//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
