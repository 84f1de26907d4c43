using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders.Queries;
using ExEngine.Web.Components.Pages.Orders;

namespace ExEngine.Web.Components.Pages.Accounts;

/// <summary>What uses an account, one kind of it: webhooks by their names, orders and positions by their number.</summary>
/// <param name="Noun">Such as <c>the webhooks</c>.</param>
/// <param name="Address">Where all of them are listed.</param>
/// <param name="Links">Words, and where each leads.</param>
/// <param name="Lines">The same in full, for a dialog.</param>
public sealed record AccountUseGroup(
    string Noun,
    string Address,
    IReadOnlyList<(string Word, string Address)> Links,
    IReadOnlyList<string> Lines
)
{
    private const int MaxNames = 3;

    /// <summary>Only kinds of which there are any: webhooks, open orders, positions.</summary>
    public static IReadOnlyList<AccountUseGroup> Of(Guid accountId, IReadOnlyCollection<AccountUse> uses)
    {
        var groups = new List<AccountUseGroup>();
        AccountUse[] webhooks = [.. uses.Where(u => u.Kind == "webhook")];
        if (webhooks.Length > 0)
        {
            var names = webhooks.Take(webhooks.Length > MaxNames + 1 ? MaxNames : webhooks.Length);
            var links = names.Select(w => (w.Name, $"webhooks/{w.Id}")).ToList();
            if (links.Count < webhooks.Length)
            {
                links.Add(($"and {webhooks.Length - links.Count} more", "webhooks"));
            }

            groups.Add(new("the webhooks", "webhooks", links, [.. webhooks.Select(w => $"Webhook {w.Name}")]));
        }

        Add(
            "order",
            "open order",
            "the orders",
            new OrderFilters(nameof(OrderGroup.Active), null, accountId.ToString(), null, null).Address()
        );
        Add(AccountUse.Position, "position", "the positions", "positions");
        return groups;

        // A symbol once: what was traded and is not booked yet is of the same position.
        void Add(string kind, string word, string noun, string address)
        {
            var found = uses.Where(u => u.Kind == kind).ToList();
            var count = kind == AccountUse.Position ? found.DistinctBy(u => u.Name).Count() : found.Count;
            if (count > 0)
            {
                var words = $"{count} {word}{(count == 1 ? "" : "s")}";
                var symbols = string.Join(", ", found.Select(u => u.Name).Distinct().Order(StringComparer.Ordinal));
                groups.Add(new(noun, address, [(words, address)], [$"{words}: {symbols}"]));
            }
        }
    }
}
