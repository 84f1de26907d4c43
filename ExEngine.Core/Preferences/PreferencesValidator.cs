using FluentValidation;

namespace ExEngine.Core.Preferences;

/// <summary>The rules of preferences, for the form and for REST.</summary>
public sealed class PreferencesValidator : AbstractValidator<UserPreferences>
{
    public PreferencesValidator()
    {
        RuleFor(p => p.TimeZone)
            .Must(z => z is null || TimeZones.Find(z) is not null)
            .WithMessage("There is no such time zone; write one like Europe/Berlin, or leave it out for the browser's own.");
        RuleFor(p => p.Numbers).IsInEnum().WithMessage("The number format is point, comma or space.");
        RuleFor(p => p.Colours).IsInEnum().WithMessage("The colours are greenRed, redGreen or blueOrange.");
    }
}
