using System.Text.RegularExpressions;
using FluentValidation;

namespace ExEngine.Core.Risk;

/// <summary>
/// The rules of trading state and limits, for the form and for REST. Property names in errors are <see cref="RiskInput"/>'s.
/// </summary>
public sealed partial class RiskInputValidator : AbstractValidator<RiskInput>
{
    private const int MaxCount = 10_000;

    public RiskInputValidator()
    {
        RuleFor(r => r.State).IsInEnum().WithMessage("The state is active, reduceOnly or halted.");
        RuleFor(r => r.Currency)
            .Must(c => c is null || Currency().IsMatch(c.Trim()))
            .WithMessage("The currency has 2 to 12 letters or digits, such as USDT, EUR or BTC.");
        RuleFor(r => r.Limits!)
            .ChildRules(limits =>
            {
                limits
                    .RuleFor(l => l.MaxOrderValue)
                    .GreaterThan(0)
                    .WithMessage("The largest order value is above 0; leave it out for no limit.");
                limits
                    .RuleFor(l => l.MaxPositionValue)
                    .GreaterThan(0)
                    .WithMessage("The largest position value is above 0; leave it out for no limit.");
                limits.RuleFor(l => l.MaxExposure).GreaterThan(0).WithMessage("The exposure is above 0; leave it out for no limit.");
                limits
                    .RuleFor(l => l.MaxUnrealizedLoss)
                    .GreaterThan(0)
                    .WithMessage("The unrealised loss is above 0; leave it out for no limit.");
                limits.RuleFor(l => l.MaxDrawdown).GreaterThan(0).WithMessage("The drawdown is above 0; leave it out for no limit.");
                limits.RuleFor(l => l.MaxDailyLoss).GreaterThan(0).WithMessage("The daily loss is above 0; leave it out for no limit.");
                limits
                    .RuleFor(l => l.MaxOpenOrders)
                    .InclusiveBetween(1, MaxCount)
                    .WithMessage($"Open orders are limited to 1 to {MaxCount}; to stop new ones set the state to reduceOnly.");
                limits
                    .RuleFor(l => l.MaxSignalsPerMinute)
                    .InclusiveBetween(1, MaxCount)
                    .WithMessage($"Signals per minute are limited to 1 to {MaxCount}; to stop them set the state to reduceOnly.");
            })
            .When(r => r.Limits is not null)
            .OverridePropertyName("limits");
    }

    [GeneratedRegex("^[A-Za-z0-9]{2,12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Currency();
}
