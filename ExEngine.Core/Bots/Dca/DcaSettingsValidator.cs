using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Markets;
using FluentValidation;

namespace ExEngine.Core.Bots.Dca;

/// <summary>What the settings of a DCA bot must state, before any market is looked at; the market's rules are the preview's.</summary>
public sealed class DcaSettingsValidator : AbstractValidator<DcaSettings>
{
    private const int MostSafetyOrders = 100;
    private const int MostSteps = 4;
    private const decimal MostPercent = 1000;

    public DcaSettingsValidator()
    {
        RuleFor(s => s.BaseOrder).GreaterThan(0).WithMessage("The base order is {PropertyValue}; it is above 0: state an amount.");
        RuleFor(s => s.BaseOrder)
            .LessThanOrEqualTo(100)
            .When(s => s.BaseOrderUnit == DcaUnit.EquityPercent)
            .WithMessage("The base order is {PropertyValue} % of the equity; at most 100 are there: state less.");
        RuleFor(s => s.BaseOrderType)
            .Must(t => t is OrderType.Market or OrderType.Limit)
            .WithMessage("The base order is {PropertyValue}; it is at market or at a limit: choose one.");
        RuleFor(s => s.Direction)
            .Equal(BotDirection.Long)
            .WithMessage("The direction is short; on spot markets only long is offered: choose long.");
        RuleFor(s => s.BaseTimeoutSeconds)
            .InclusiveBetween(1, 86_400)
            .WithMessage("The base order's time is {PropertyValue} s; it is 1 to 86400: state how long it may wait.");
        RuleFor(s => s.MaxSlippage)
            .ExclusiveBetween(0, 100)
            .WithMessage("The maximum slippage is {PropertyValue} %; it is above 0 and below 100, or left out.");
        RuleFor(s => s.MaxActiveDeals).InclusiveBetween(1, 100).WithMessage("Active deals are {PropertyValue}; 1 to 100 are allowed.");
        RuleFor(s => s.MaxDeals).GreaterThan(0).WithMessage("The limit of deals is {PropertyValue}; it is above 0, or left out for none.");
        RuleFor(s => s.CooldownSeconds).GreaterThanOrEqualTo(0).WithMessage("The cooldown is {PropertyValue} s; it is 0 or more.");
        RuleFor(s => s.Reinvest).InclusiveBetween(0, 100).WithMessage("Reinvest is {PropertyValue} %; 0 to 100 are allowed.");
        RuleFor(s => s.MaxPrice)
            .GreaterThan(s => s.MinPrice ?? 0)
            .When(s => s.MaxPrice is not null)
            .WithMessage("The highest price for a start is {PropertyValue} and the lowest {ComparisonValue}; state a higher one.");
        Ladder();
        TakeProfit();
        StopLoss();
        Start();
    }

    private void Start()
    {
        RuleFor(s => s.Conditions)
            .Custom(
                (groups, context) =>
                {
                    foreach (var (field, message) in ConditionRules.Check(groups))
                    {
                        context.AddFailure(field, message);
                    }
                }
            );
        RuleFor(s => s.Conditions)
            .Must(groups => groups?.Count > 0)
            .When(s => s.Start == DcaStart.Conditions)
            .WithMessage("Deals begin by conditions, and there are none; add one, or choose another start.")
            .Must(groups => groups is null or { Count: 0 })
            .When(s => s.Start != DcaStart.Conditions, ApplyConditionTo.CurrentValidator)
            .WithMessage("There are conditions, and deals do not begin by them; set start to conditions, or take them out.");
        RuleFor(s => s.Schedule)
            .NotNull()
            .When(s => s.Start == DcaStart.Interval)
            .WithMessage("Deals begin by interval, and there is no schedule; state one such as {\"every\": \"day\", \"at\": \"09:00\"}.")
            .Null()
            .When(s => s.Start != DcaStart.Interval, ApplyConditionTo.CurrentValidator)
            .WithMessage("There is a schedule, and deals do not begin by it; set start to interval, or take it out.");
        RuleFor(s => s.Schedule!).SetValidator(new BuyScheduleValidator()).When(s => s.Schedule is not null);
    }

    private void Ladder()
    {
        RuleFor(s => s.MaxSafetyOrders)
            .InclusiveBetween(0, MostSafetyOrders)
            .WithMessage($"Safety orders are {{PropertyValue}}; 0 to {MostSafetyOrders} are allowed.");
        RuleFor(s => s.ActiveSafetyOrders)
            .GreaterThanOrEqualTo(1)
            .Must((s, active) => active <= Math.Max(1, DcaLadder.Steps(Sane(s)).Count))
            .WithMessage("{PropertyValue} safety orders are to rest at once; that is 1 up to the number of safety orders: state fewer.");
        When(
            s => s.CustomLadder.Count == 0 && s.MaxSafetyOrders > 0,
            () =>
            {
                RuleFor(s => s.SafetyOrder)
                    .GreaterThan(0)
                    .WithMessage("The safety order is {PropertyValue}; it is above 0: state an amount.");
                RuleFor(s => s.Deviation)
                    .GreaterThan(0)
                    .WithMessage("The deviation is {PropertyValue} %; it is above 0: state a distance.");
                RuleFor(s => s.StepScale)
                    .InclusiveBetween(0.1m, 10)
                    .WithMessage("The step scale is {PropertyValue}; 0.1 to 10 are allowed.");
                RuleFor(s => s.VolumeScale)
                    .InclusiveBetween(0.1m, 10)
                    .WithMessage("The volume scale is {PropertyValue}; 0.1 to 10 are allowed.");
            }
        );
        RuleFor(s => s.CustomLadder)
            .Must(l => l.Count <= MostSafetyOrders)
            .WithMessage($"The ladder has more than {MostSafetyOrders} safety orders; leave some out.")
            .Must(l => l.All(step => step is { Deviation: > 0, Amount: > 0 }))
            .WithMessage("A safety order of the ladder has a deviation or an amount of 0 or less; both are above 0.")
            .Must(l => l.Zip(l.Skip(1)).All(pair => pair.Second.Deviation > pair.First.Deviation))
            .WithMessage("The ladder goes back somewhere; each deviation is larger than the one before: put them in order.");
        RuleFor(s => s)
            .Must(s => Deepest(s) < 100)
            .When(s => s.Direction == BotDirection.Long)
            .OverridePropertyName("deviation")
            .WithMessage(s =>
                $"The deepest safety order is {Deepest(s):0.####} % below the base order; it is below 100: use fewer, or smaller steps."
            );
    }

    private void TakeProfit()
    {
        RuleFor(s => s.TakeProfit.All())
            .Must(steps => steps.Count <= MostSteps)
            .WithMessage($"The take-profit has more than {MostSteps} steps; merge some.")
            .Must(steps => steps.All(t => t.Percent is > 0 and <= MostPercent))
            .WithMessage($"A take-profit is 0 % or less, or above {MostPercent:0}; state one above 0.")
            .Must(steps => steps.Zip(steps.Skip(1)).All(pair => pair.Second.Percent > pair.First.Percent))
            .WithMessage("The steps of the take-profit are not ascending; put them in order.")
            .Must(steps => steps.All(t => t.Share > 0) && Math.Abs(steps.Sum(t => t.Share) - 100) < 0.01m)
            .WithMessage("The shares of the take-profit are not all above 0 with a sum of 100; correct them.")
            .OverridePropertyName("takeProfit");
        RuleFor(s => s.TakeProfit.Trailing)
            .ExclusiveBetween(0, 100)
            .WithMessage("Trailing is {PropertyValue} %; it is above 0 and below 100, or left out.");
        RuleFor(s => s.TakeProfit.MinProfit)
            .GreaterThanOrEqualTo(0)
            .WithMessage("The minimum profit is {PropertyValue} %; it is 0 or more, or left out.")
            .Null()
            .When(s => s.TakeProfit.Trailing is null, ApplyConditionTo.CurrentValidator)
            .WithMessage("A minimum profit is for trailing, which is off; leave it out, or state a trailing percent.");
    }

    private void StopLoss()
    {
        RuleFor(s => s.StopLoss!.Percent)
            .ExclusiveBetween(0, 100)
            .WithMessage("The stop-loss is {PropertyValue} %; it is above 0 and below 100.")
            .Must((s, percent) => percent is null || s.StopLoss!.From == PriceBase.Average || percent > Deepest(s))
            .WithMessage(s =>
                $"The stop-loss is {s.StopLoss!.Percent} % from the base order, and the deepest safety order is at {Deepest(s):0.####} %: it could never be filled; set the stop deeper, or use fewer safety orders."
            )
            .When(s => s.StopLoss is not null);
        RuleFor(s => s.StopLoss!)
            .Must(stop => stop.Percent is not null || stop.BreakEvenAfterStep is not null)
            .When(s => s.StopLoss is not null)
            .OverridePropertyName("stopLoss")
            .WithMessage("The stop-loss has no percent and no move to break-even; state one, or leave the stop-loss out.");
        RuleFor(s => s.StopLoss!.TimeoutSeconds)
            .InclusiveBetween(0, 86_400)
            .When(s => s.StopLoss is not null)
            .WithMessage("The stop's timeout is {PropertyValue} s; 0 to 86400 are allowed.");
        RuleFor(s => s.StopLoss!.BreakEvenAfterStep)
            .Must((s, step) => step is null || (step >= 1 && step < s.TakeProfit.All().Count))
            .When(s => s.StopLoss is not null)
            .WithMessage("The stop moves to break-even after step {PropertyValue}; that is 1 up to one less than there are steps.");
    }

    private static decimal Deepest(DcaSettings settings) => DcaLadder.Steps(Sane(settings)) is [.., var last] ? last.Deviation : 0;

    // What is out of its own range is refused for that, and must not overflow here.
    private static DcaSettings Sane(DcaSettings s) =>
        s with
        {
            MaxSafetyOrders = Math.Clamp(s.MaxSafetyOrders, 0, s.StepScale > 2 || s.VolumeScale > 2 ? 20 : MostSafetyOrders),
            Deviation = Math.Clamp(s.Deviation, 0, 100),
            SafetyOrder = 1,
            VolumeScale = 1,
            StepScale = Math.Clamp(s.StepScale, 0.1m, 1.5m),
        };
}
