using Microsoft.AspNetCore.Components.Routing;

namespace ExEngine.Web.Components.Layout;

/// <summary>A page that the navigation leads to.</summary>
/// <param name="Address">Relative to the base address.</param>
/// <param name="Icon">Its name in Material Icons.</param>
/// <param name="Word">What stands beside it.</param>
public sealed record NavPlace(string Address, string Icon, string Word)
{
    /// <summary>Of every user, the most used first: a phone's bar shows <see cref="InBottomBar"/> of them and the others behind "More".</summary>
    public static IReadOnlyList<NavPlace> All { get; } =
    [
        new("", "dashboard", "Dashboard"),
        new("positions", "donut_small", "Positions"),
        new("orders", "receipt_long", "Orders"),
        new("signals", "sensors", "Signals"),
        new("bots", "smart_toy", "Bots"),
        new("activity", "notifications", "Activity"),
        new("money", "show_chart", "Money"),
        new("backtests", "science", "Backtests"),
        new("balances", "account_balance_wallet", "Balances"),
        new("webhooks", "webhook", "Webhooks"),
        new("accounts", "key", "Accounts"),
    ];

    public static NavPlace OfOperators { get; } = new("operator/users", "group", "Users");

    public const int InBottomBar = 4;

    /// <summary>The first page is in every address, so only it must match whole.</summary>
    public NavLinkMatch Match => Address.Length == 0 ? NavLinkMatch.All : NavLinkMatch.Prefix;
}
