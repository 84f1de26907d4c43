using ExEngine.Core.Protection;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>Protection while it is typed.</summary>
internal sealed class ProtectionModel
{
    public bool HasStop { get; set; }
    public string? StopPercent { get; set; }
    public string? StopPrice { get; set; }
    public string? Trailing { get; set; }
    public bool BreakEven { get; set; }
    public List<TargetModel> Targets { get; } = [];

    public static ProtectionModel Of(ProtectionPlan? plan)
    {
        var input = ProtectionInput.Of(plan);
        var model = new ProtectionModel
        {
            HasStop = input.StopLoss is not null,
            StopPercent = Text(input.StopLoss?.Percent),
            StopPrice = Text(input.StopLoss?.Price),
            Trailing = Text(input.StopLoss?.TrailingPercent),
            BreakEven = input.StopLoss?.BreakEven ?? false,
        };
        model.Targets.AddRange(
            input.TakeProfits.Select(t => new TargetModel
            {
                ByPrice = t.Price is not null,
                Value = Text(t.Price ?? t.Percent),
                Share = Text(t.Share),
            })
        );
        return model;
    }

    /// <param name="numbers">Keeps what is no number, by the names that the validator uses.</param>
    public ProtectionInput Input(NumberFields numbers) =>
        new()
        {
            TakeProfits =
            [
                .. Targets.Select(
                    (t, i) =>
                        new TakeProfitInput
                        {
                            Price = t.ByPrice ? numbers.Read($"TakeProfits[{i}].Price", t.Value) : null,
                            Percent = t.ByPrice ? null : numbers.Read($"TakeProfits[{i}].Percent", t.Value),
                            Share = numbers.Read($"TakeProfits[{i}].Share", t.Share),
                        }
                ),
            ],
            StopLoss = HasStop
                ? new StopLossInput
                {
                    Percent = numbers.Read("StopLoss.Percent", StopPercent),
                    Price = numbers.Read("StopLoss.Price", StopPrice),
                    TrailingPercent = numbers.Read("StopLoss.TrailingPercent", Trailing),
                    BreakEven = BreakEven,
                }
                : null,
        };

    private static string? Text(decimal? value) => NumberText.Write(value);

    /// <summary>One target: a percentage above the entry, or a price.</summary>
    internal sealed class TargetModel
    {
        public bool ByPrice { get; set; }
        public string? Value { get; set; }
        public string? Share { get; set; }
    }
}
