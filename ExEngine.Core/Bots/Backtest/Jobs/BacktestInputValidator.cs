using ExEngine.Core.Exchanges.MarketData;
using FluentValidation;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>What a backtest must state besides its bot.</summary>
public sealed class BacktestInputValidator : AbstractValidator<BacktestInput>
{
    /// <summary>Candles of one run: two years of minutes.</summary>
    public const int MostCandles = 1_100_000;

    /// <param name="now">UTC.</param>
    public BacktestInputValidator(DateTime now)
    {
        RuleFor(i => i.Name)
            .MaximumLength(BacktestJob.MaxName)
            .WithMessage($"The name has more than {BacktestJob.MaxName} characters; state a shorter one.");
        RuleFor(i => i.Settings).NotNull().WithMessage("Settings are missing; state those of the bot.");
        RuleFor(i => i.StartQuote)
            .InclusiveBetween(0, 1e15m)
            .WithMessage("The start balance is {PropertyValue}; it is 0 or more, or left out.");
        RuleFor(i => i.StartBase).InclusiveBetween(0, 1e15m).WithMessage("The coins at the start are {PropertyValue}; they are 0 or more.");
        RuleFor(i => i.Slippage).InclusiveBetween(0, 10).WithMessage("Slippage is {PropertyValue} %; 0 to 10 are allowed.");
        RuleFor(i => i.VolumeShare).InclusiveBetween(0, 100).WithMessage("The share of volume is {PropertyValue} %; 0 to 100 are allowed.");
        RuleFor(i => i.Fees!.Maker)
            .InclusiveBetween(0, 0.1m)
            .When(i => i.Fees is not null)
            .WithMessage("The maker fee is {PropertyValue}; it is a fraction from 0 to 0.1, so 0.001 for 0.1 %.");
        RuleFor(i => i.Fees!.Taker)
            .InclusiveBetween(0, 0.1m)
            .When(i => i.Fees is not null)
            .WithMessage("The taker fee is {PropertyValue}; it is a fraction from 0 to 0.1, so 0.001 for 0.1 %.");
        RuleFor(i => i.Data!.Upload)
            .NotNull()
            .When(i => i.Data?.Source == CandleSource.Csv)
            .WithMessage("No file is named; bring one to /api/backtests/candles and state its id as upload.");
        When(i => i.Data is { Source: not CandleSource.Csv }, () => Range(now));
    }

    private void Range(DateTime now)
    {
        RuleFor(i => i.Data!.Interval)
            .Must(CandleFeed.Intervals.ContainsKey)
            .WithMessage($"The interval is \"{{PropertyValue}}\"; {string.Join(", ", CandleFeed.Intervals.Keys)} are known: state one.");
        RuleFor(i => i.Data!.To)
            .GreaterThan(i => i.Data!.From ?? DateTime.MinValue)
            .When(i => i.Data!.To is not null)
            .WithMessage("The end is not after the begin; state a later end.");
        RuleFor(i => i.Data!.From)
            .InclusiveBetween(new DateTime(2009, 1, 1, 0, 0, 0, DateTimeKind.Utc), now)
            .WithMessage("The begin is {PropertyValue}; it lies between 2009 and now: state another.");
        RuleFor(i => i.Data!)
            .Must(d => !CandleFeed.Intervals.TryGetValue(d.Interval, out var one) || Count(d, one, now) <= MostCandles)
            .OverridePropertyName("Data.From")
            .WithMessage($"That is more than {MostCandles} candles; state a shorter time, or larger candles.");
    }

    private static long Count(BacktestData data, TimeSpan one, DateTime now) =>
        data.From is { } from ? ((data.To ?? now) - from).Ticks / one.Ticks : 0;
}
