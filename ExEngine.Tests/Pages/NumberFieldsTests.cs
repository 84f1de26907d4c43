using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Tests.Support;
using ExEngine.Web.Components.Pages.Accounts;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Pages.Positions;
using ExEngine.Web.Components.Pages.Webhooks;
using ExEngine.Web.Components.Parts.Values;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>Every form reads its numbers in one way: what is no number has an error beside its field, and no value.</summary>
public sealed class NumberFieldsTests
{
    /// <summary>What the input of the form makes of what stands in one field, by the name that its errors have.</summary>
    private static readonly Dictionary<string, Func<string, NumberFields, decimal?>> Fields = new()
    {
        ["Price"] = (text, n) =>
            new TicketModel { Type = OrderType.Limit, Price = text }
                .Input(n)
                .Price,
        ["StopPrice"] = (text, n) =>
            new TicketModel { Type = OrderType.Stop, StopPrice = text }
                .Input(n)
                .StopPrice,
        ["Quantity"] = (text, n) =>
            new TicketModel { Quantity = text }
                .Input(n)
                .Quantity,
        ["Cost"] = (text, n) =>
            new TicketModel { Total = text, TotalCounts = true }
                .Input(n)
                .Cost,
        ["StopLoss.Percent"] = (text, n) =>
            new ProtectionModel { HasStop = true, StopPercent = text }
                .Input(n)
                .StopLoss!.Percent,
        ["StopLoss.Price"] = (text, n) =>
            new ProtectionModel { HasStop = true, StopPrice = text }
                .Input(n)
                .StopLoss!.Price,
        ["StopLoss.TrailingPercent"] = (text, n) =>
            new ProtectionModel { HasStop = true, Trailing = text }
                .Input(n)
                .StopLoss!.TrailingPercent,
        ["TakeProfits[0].Percent"] = (text, n) => Protection(new() { Value = text }).Input(n).TakeProfits[0].Percent,
        ["TakeProfits[0].Price"] = (text, n) => Protection(new() { Value = text, ByPrice = true }).Input(n).TakeProfits[0].Price,
        ["TakeProfits[0].Share"] = (text, n) => Protection(new() { Share = text }).Input(n).TakeProfits[0].Share,
        ["MaxSlippage"] = (text, n) =>
            new WebhookFormModel { MaxSlippage = text }
                .Input(n)
                .MaxSlippage,
        ["DefaultSize"] = (text, n) =>
            new WebhookFormModel { SizeValue = text }
                .Input(n)
                .DefaultSize?.Value,
        ["PaperBalances"] = (text, n) =>
            TypedNumber
                .Read(BalanceLine.Together([new() { Asset = "USDT", Amount = text }], n).Values.FirstOrDefault(), NumberFormat.Point)
                .Value,
    };

    /// <summary>Of these the number is whole.</summary>
    private static readonly Dictionary<string, Func<string, NumberFields, decimal?>> WholeFields = new()
    {
        ["RateLimit: alerts"] = (text, n) =>
            new WebhookFormModel { Permits = text, WindowSeconds = "1" }
                .Input(n)
                .RateLimit?.Permits,
        ["RateLimit: seconds"] = (text, n) =>
            new WebhookFormModel { Permits = "1", WindowSeconds = text }
                .Input(n)
                .RateLimit?.WindowSeconds,
        ["MaxLagSeconds"] = (text, n) =>
            new WebhookFormModel { MaxLagSeconds = text }
                .Input(n)
                .MaxLagSeconds,
    };

    private static readonly string[] OtherFields =
    [
        "type=\"number\"",
        "InputNumber",
        "MudNumericField",
        "decimal.TryParse",
        "int.TryParse",
    ];

    public static TheoryData<string> Names => [.. Fields.Keys];
    public static TheoryData<string> WholeNames => [.. WholeFields.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NumberField_ReadsGroupedThousandsAndAsksAboutOtherCommas(string field)
    {
        Read(Fields[field], "1,000.5").ShouldBe((1000.5m, null));
        Read(Fields[field], "").ShouldBe((null, null));
        foreach (var (text, says) in new[] { ("0,5", "write 0.5 or 5."), ("1.000,5", "write 1000.5 or 1.0005."), ("abc", "is no number") })
        {
            var (value, problem) = Read(Fields[field], text, field);
            problem.ShouldNotBeNull().ShouldContain(says);
            value.ShouldBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(WholeNames))]
    public void CountField_TakesWholeNumbersOnly(string field)
    {
        Read(WholeFields[field], "1,000").ShouldBe((1000m, null));
        foreach (var (text, says) in new[] { ("0,5", "write 0.5 or 5."), ("1.5", "is no whole number"), ("abc", "is no number") })
        {
            Read(WholeFields[field], text, field.Split(':')[0]).Problem.ShouldNotBeNull().ShouldContain(says);
        }
    }

    [Fact]
    public void Problems_TakeThePlacesOfWhatTheValidatorSays()
    {
        var numbers = new NumberFields();
        numbers.Read("Price", "abc");

        var errors = numbers.Over(new Dictionary<string, string[]> { ["price"] = ["A limit order needs its price."], ["Symbol"] = ["x"] });

        errors["Price"].ShouldBe(["\"abc\" is no number; write digits with a decimal point, like 1234.5."]);
        errors.Count.ShouldBe(2);
    }

    /// <summary>A browser's own number field drops what it does not like and tells nobody, and its reader is not ours.</summary>
    [Fact]
    public void NoComponent_HasAnotherNumberField() =>
        Components()
            .Where(file => File.ReadAllText(file) is var text && OtherFields.Any(text.Contains))
            .ShouldBeEmpty("Numbers are typed into a StepField and read by TypedNumber.");

    /// <summary>A text that is written back at each key press loses what was typed meanwhile on a slow line.</summary>
    [Fact]
    public void NoComponent_WritesTextBackWhileItIsTyped() =>
        Components()
            .Where(file =>
                !file.EndsWith("TypedText.razor", StringComparison.Ordinal)
                && File.ReadAllText(file).Contains("oninput", StringComparison.Ordinal)
            )
            .ShouldBeEmpty("Texts that are looked at while they are typed are a TypedText.");

    private static IEnumerable<string> Components() =>
        Directory.EnumerateFiles(Source.Path("ExEngine.Web", "Components"), "*.razor", SearchOption.AllDirectories);

    private static ProtectionModel Protection(ProtectionModel.TargetModel target)
    {
        var model = new ProtectionModel();
        model.Targets.Add(target);
        return model;
    }

    private static (decimal? Value, string? Problem) Read(Func<string, NumberFields, decimal?> read, string text, string? field = null)
    {
        var numbers = new NumberFields();
        var value = read(text, numbers);
        var problem = field is null ? numbers.Problems.Values.FirstOrDefault()?[0] : numbers.Problems.GetValueOrDefault(field)?[0];
        return (value, problem);
    }
}
