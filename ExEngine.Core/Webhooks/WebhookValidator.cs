using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Intake;
using ExEngine.Core.Webhooks.Payloads;
using ExEngine.Core.Webhooks.Payloads.Presets;
using FluentValidation;

namespace ExEngine.Core.Webhooks;

/// <summary>The rules of a webhook, for the form and for REST. Property names in errors are <see cref="WebhookInput"/>'s.</summary>
public sealed class WebhookValidator : AbstractValidator<WebhookInput>
{
    public WebhookValidator(WebhookContext facts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        NameAndAccount(facts);
        SenderAndAuth(facts);
        Map(facts);
        Owner(facts);
        Limits(facts);
        Defaults(facts);
        HostingAddress();
    }

    private void NameAndAccount(WebhookContext facts)
    {
        RuleFor(w => w.Name)
            .Must(n => !string.IsNullOrWhiteSpace(n))
            .WithMessage("Give the webhook a name.")
            .Must(n => n!.Trim().Length is >= 3 and <= 64)
            .WithMessage("A name has 3 to 64 characters.")
            .Must(n => StoredText.Fits(n!.Trim()))
            .WithMessage($"A name {StoredText.Rule}")
            .MustAsync(async (n, token) => !await facts.NameTaken(n!.Trim(), token))
            .WithMessage(w => $"You already have a webhook named {w.Name!.Trim()}. Choose another name.");
        RuleFor(w => w.AccountId)
            .NotNull()
            .WithMessage("Choose the account that its signals are for.")
            .Must(id => facts.Account(id) is not null)
            .WithMessage("You have no such account. GET /api/accounts lists yours.");
    }

    private void SenderAndAuth(WebhookContext facts)
    {
        RuleFor(w => w.Sender).IsInEnum().WithMessage("The sender is tradingView or other.");
        RuleFor(w => w.Auth)
            .IsInEnum()
            .WithMessage("A webhook authenticates by standard, hmac, secret or url.")
            .Must(
                (w, _) =>
                    w.Complete(facts.Stored)
                        is not { Sender: WebhookSender.TradingView, Auth: not (WebhookAuthMode.Secret or WebhookAuthMode.Url) }
            )
            .WithMessage("TradingView cannot sign what it sends. Choose secret, or choose other as the sender.");
        RuleFor(w => w.Preset)
            .Must(p => p is null || Preset.Ids.Contains(p))
            .WithMessage($"The preset is one of {string.Join(", ", Preset.Ids)}.");
        RuleFor(w => w.Rounding).IsInEnum().WithMessage("Rounding is reject or round.");
    }

    private void Map(WebhookContext facts) =>
        RuleFor(w => w.Map)
            .Custom(
                (map, context) =>
                {
                    var stated = context.InstanceToValidate.Complete(facts.Stored);
                    if (stated.Map is not { } whole)
                    {
                        if (stated.Preset == CustomPreset.CustomId)
                        {
                            context.AddFailure("The custom preset needs a map, such as {\"symbol\":\"$.pair\",\"action\":\"$.side\"}.");
                        }

                        return;
                    }

                    foreach (var error in PayloadMapParser.Parse(whole).Errors)
                    {
                        context.AddFailure(error.Message);
                    }
                }
            );

    private void Owner(WebhookContext facts)
    {
        RuleFor(w => w.TimeMeans).IsInEnum().WithMessage("The time of a message means event, barOpen or none.");
        RuleFor(w => w.TradesWith)
            .Custom(
                (_, context) =>
                {
                    if (OwnerProblem(context.InstanceToValidate.Complete(facts.Stored), facts) is { } problem)
                    {
                        context.AddFailure(problem);
                    }
                }
            );
    }

    private static string? OwnerProblem(WebhookInput input, WebhookContext facts)
    {
        var with = input.TradesWith is { } id && id != Guid.Empty ? id : (Guid?)null;
        var followers = facts.Others.Where(w => w.TradesWithId == facts.Stored?.Id && facts.Stored is not null).ToList();
        var moves = facts.Stored is { } stored && (stored.AccountId != input.AccountId || stored.TradesWithId != with);
        if (moves && facts.Holds.Count > 0)
        {
            return $"This webhook holds {string.Join(", ", facts.Holds)}, which would stay behind without it. Close that first.";
        }

        if (followers.Count > 0 && (with is not null || facts.Stored!.AccountId != input.AccountId))
        {
            return $"{string.Join(", ", followers.Select(f => f.Name))} trades together with this webhook. Let it trade its own position first.";
        }

        return with is null || facts.Leaders(input.AccountId).Any(w => w.Id == with)
            ? null
            : "It can trade together with a webhook of yours on the same account that trades a position of its own. GET /api/webhooks lists yours.";
    }

    private void Limits(WebhookContext facts)
    {
        RuleFor(w => w.RateLimit)
            .Must(r => r is null || r.Permits is >= 1 and <= 10_000)
            .WithMessage("A rate limit has 1 to 10000 permits.")
            .Must(r => r is null || r.WindowSeconds is >= 1 and <= 3_600)
            .WithMessage("A rate limit's window is 1 to 3600 seconds.")
            .Must(r => r is null || r.Permits <= facts.Rate.Capped(r.Permits, r.WindowSeconds))
            .WithMessage(
                $"A rate limit has at most {facts.Rate.MaxPermits} permits, and comes to {facts.Rate.MaxPermitsPerMinute} a minute at most: "
                    + "so the operator of this server decided (RateLimits:Webhook:MaxPermits, MaxPermitsPerMinute)."
            );
        RuleFor(w => w.MaxLagSeconds).Must(l => l is null or (>= 1 and <= 86_400)).WithMessage("The maximum lag is 1 to 86400 seconds.");
        RuleFor(w => w.MaxSlippage)
            .Must(s => s is null or (>= 0.01m and <= 20))
            .WithMessage("The maximum slippage is 0.01 to 20 percent; leave it out for no limit.");
    }

    private void Defaults(WebhookContext facts)
    {
        RuleFor(w => w.DefaultSymbol)
            .Must(s => s is null || s.Trim().Length <= 64)
            .WithMessage("A symbol has at most 64 characters.")
            .Must(s => s is null || StoredText.Fits(s.Trim()))
            .WithMessage($"A symbol {StoredText.Rule}")
            .CustomAsync(
                async (symbol, context, token) =>
                {
                    if (
                        !string.IsNullOrWhiteSpace(symbol)
                        && facts.Account(context.InstanceToValidate.AccountId) is { } account
                        && await facts.SymbolProblem(account.Exchange, symbol.Trim(), token) is { } problem
                    )
                    {
                        context.AddFailure(problem);
                    }
                }
            );
        RuleFor(w => w.DefaultSize)
            .Must(s => s is null || Enum.IsDefined(s.Mode))
            .WithMessage("The default size's mode is not known.")
            .Must(s => s is null || s.Value > 0)
            .WithMessage("The default size is above 0.")
            .Must(s => s is null || !IsPercent(s.Mode) || s.Value <= 100)
            .WithMessage("A default size in percent is at most 100.");
    }

    private void HostingAddress() =>
        RuleFor(w => w.AllowedIps)
            .Must(ips => ips is null || ips.Count <= SourceAddresses.Max)
            .WithMessage($"At most {SourceAddresses.Max} addresses and ranges.")
            .Custom(
                (ips, context) =>
                {
                    foreach (var ip in (ips ?? []).Where(ip => SourceAddresses.Parse(ip ?? "") is null))
                    {
                        context.AddFailure($"\"{ip}\" is neither an IP address nor a range such as 203.0.113.0/24.");
                    }
                }
            );

    private static bool IsPercent(SizeMode mode) =>
        mode is SizeMode.PercentOfEquity or SizeMode.PercentOfAvailable or SizeMode.PercentOfPosition or SizeMode.RiskPercent;
}
