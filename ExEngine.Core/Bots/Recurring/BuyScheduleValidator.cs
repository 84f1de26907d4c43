using FluentValidation;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>What a schedule must state.</summary>
public sealed class BuyScheduleValidator : AbstractValidator<BuySchedule>
{
    public BuyScheduleValidator()
    {
        RuleFor(s => s.Day).InclusiveBetween(1, 31).WithMessage("The day of the month is {PropertyValue}; 1 to 31 are allowed.");
        RuleFor(s => s.Zone)
            .Must(z => z is not null && TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))
            .WithMessage("The time zone \"{PropertyValue}\" is not known; state one such as Europe/Vienna, or UTC.");
    }
}
