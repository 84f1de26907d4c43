using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Portfolio.Money;

namespace ExEngine.Web.Api.Money;

/// <summary>Whose money, and of when, as a query states it.</summary>
/// <param name="Mode">live or paper; without it that of the account, or live where there is a live account.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public readonly record struct MoneyListQuery(string? Mode, Guid? AccountId, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Null when all fields can be understood.</summary>
    public Dictionary<string, string[]>? Errors
    {
        get
        {
            var errors = new Dictionary<string, string[]>();
            if (!string.IsNullOrEmpty(Mode) && Stated is null)
            {
                errors["mode"] = ["mode is live or paper."];
            }

            if (From >= To)
            {
                errors["to"] = ["to is later than from."];
            }

            return errors.Count == 0 ? null : errors;
        }
    }

    public AccountMode? Stated => RestName.Find<AccountMode>(Mode);

    public DateTime? FromUtc => From?.UtcDateTime;
    public DateTime? ToUtc => To?.UtcDateTime;

    public Task<MoneyScope> ScopeAsync(EquityQuery equity, Guid userId, CancellationToken cancellationToken) =>
        equity.ScopeAsync(userId, Stated, AccountId, cancellationToken);
}
