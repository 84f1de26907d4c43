using ExEngine.Core.Text;
using FluentValidation;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>
/// The rules of an account, for the form and for REST. Property names in errors are <see cref="ExchangeAccountInput"/>'s.
/// </summary>
public sealed class ExchangeAccountValidator : AbstractValidator<ExchangeAccountInput>
{
    public const int MinKeyLength = 8;
    public const int MaxKeyLength = 8192;
    public const int MaxPaperAssets = 50;

    private static readonly string[] Kept = ["apiKey", "secret", "password"];

    public ExchangeAccountValidator(ExchangeAccountContext facts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        NameRules(facts);
        ExchangeRules(facts);
        SecretRules(facts);
        PaperRules(facts);
    }

    private void NameRules(ExchangeAccountContext facts) =>
        RuleFor(a => a.Name)
            .Must(n => !string.IsNullOrWhiteSpace(n))
            .WithMessage("Give the account a name.")
            .Must(n => n!.Trim().Length is >= 3 and <= 64)
            .WithMessage("A name has 3 to 64 characters.")
            .Must(n => StoredText.Fits(n!.Trim()))
            .WithMessage($"A name {StoredText.Rule}")
            .MustAsync(async (n, token) => !await facts.NameTaken(n!.Trim(), token))
            .WithMessage(a => $"You already have an account named {a.Name!.Trim()}. Choose another name.");

    private void ExchangeRules(ExchangeAccountContext facts)
    {
        if (facts.Stored is { } stored)
        {
            // Signals, orders and positions name the account; moving it elsewhere would make their history untrue.
            RuleFor(a => a.Exchange)
                .Must(e => string.IsNullOrEmpty(e) || e == stored.Exchange)
                .WithMessage($"This account stays on {stored.Exchange}. Add another account for another exchange.");
            RuleFor(a => a.Mode)
                .Must(m => m is null || m == stored.Mode)
                .WithMessage("An account stays paper or live. Add another account for the other.");
            return;
        }

        RuleFor(a => a.Exchange)
            .NotEmpty()
            .WithMessage("Choose an exchange.")
            .Must(e => facts.Find(e) is not null)
            .WithMessage(a => $"The exchange {a.Exchange} is not known here. GET /api/exchanges lists the known ones.")
            .Must((a, e) => a.Mode != AccountMode.Live || facts.Find(e)!.Credentials.All(Kept.Contains))
            .WithMessage(a =>
                $"A live account on {NameOf(a, facts)} needs {string.Join(", ", facts.Find(a.Exchange)!.Credentials)}, "
                + "which cannot all be stored here yet. Use it on paper."
            );
        RuleFor(a => a.Mode)
            .Must((a, m) => m is not null || a.Exchange == ExchangeInfo.Paper)
            .WithMessage("Choose paper or live.")
            .Must((a, m) => m != AccountMode.Live || a.Exchange != ExchangeInfo.Paper)
            .WithMessage("The paper exchange has paper accounts only.");
    }

    private void SecretRules(ExchangeAccountContext facts)
    {
        SecretRule(a => a.ApiKey, "apiKey", "API key", MinKeyLength, facts, s => s.ApiKeySealed);
        SecretRule(a => a.Secret, "secret", "secret", MinKeyLength, facts, s => s.SecretSealed);
        SecretRule(a => a.Passphrase, "password", "passphrase", 1, facts, s => s.PassphraseSealed);
    }

    private void SecretRule(
        System.Linq.Expressions.Expression<Func<ExchangeAccountInput, string?>> field,
        string credential,
        string word,
        int minLength,
        ExchangeAccountContext facts,
        Func<ExchangeAccount, string?> stored
    ) =>
        RuleFor(field)
            .Must(
                (a, v) => !string.IsNullOrWhiteSpace(v) || !Needs(a, credential, facts) || (facts.Stored is { } s && stored(s) is not null)
            )
            .WithMessage(a => $"{NameOf(a, facts)} needs the {word} for a live account.")
            .Must((a, v) => string.IsNullOrWhiteSpace(v) || ModeOf(a, facts) == AccountMode.Live)
            .WithMessage($"A paper account takes no {word}. Leave it empty.")
            .Must(v => string.IsNullOrWhiteSpace(v) || !v.Trim().Any(char.IsWhiteSpace))
            .WithMessage($"The {word} holds a space or a line break. Copy it again without one.")
            .Must(v => string.IsNullOrWhiteSpace(v) || v.Trim().Length >= minLength)
            .WithMessage($"The {word} has at least {minLength} characters. Copy it whole.")
            .Must(v => string.IsNullOrWhiteSpace(v) || v.Trim().Length <= MaxKeyLength)
            .WithMessage($"The {word} has at most {MaxKeyLength} characters.");

    private void PaperRules(ExchangeAccountContext facts) =>
        RuleFor(a => a.PaperBalances)
            .Must((a, b) => b is null || ModeOf(a, facts) == AccountMode.Paper)
            .WithMessage("Only a paper account has paper balances. Leave them out.")
            .Must(b => b is null || b.Count is >= 1 and <= MaxPaperAssets)
            .WithMessage($"A paper account starts with 1 to {MaxPaperAssets} assets.")
            .Custom(
                (balances, context) =>
                {
                    foreach (var (asset, amount) in balances ?? ExchangeAccountInput.DefaultPaperBalances)
                    {
                        if (PaperBalance.Problem(asset, amount) is { } problem)
                        {
                            context.AddFailure(problem);
                        }
                    }
                }
            );

    private static AccountMode? ModeOf(ExchangeAccountInput account, ExchangeAccountContext facts) =>
        facts.Stored?.Mode ?? account.Mode ?? (account.Exchange == ExchangeInfo.Paper ? AccountMode.Paper : null);

    private static bool Needs(ExchangeAccountInput account, string credential, ExchangeAccountContext facts) =>
        ModeOf(account, facts) == AccountMode.Live
        && facts.Find(facts.Stored?.Exchange ?? account.Exchange) is { } exchange
        && exchange.Credentials.Contains(credential);

    private static string NameOf(ExchangeAccountInput account, ExchangeAccountContext facts) =>
        facts.Find(facts.Stored?.Exchange ?? account.Exchange)?.Name ?? "The exchange";
}
