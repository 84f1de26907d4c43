using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;

namespace ExEngine.Core.Bots.Preview;

/// <summary>Settings of a bot that is not stored, of one kind.</summary>
public sealed record BotDraft
{
    public const string DcaKind = "dca";
    public const string GridKind = "grid";

    private BotDraft(DcaSettings? dca, GridSettings? grid) => (Dca, Grid) = (dca, grid);

    public DcaSettings? Dca { get; }
    public GridSettings? Grid { get; }
    public string Kind => Dca is null ? GridKind : DcaKind;

    /// <summary>As it is stored and sent.</summary>
    public string Settings => Dca is { } dca ? BotText.Of(dca) : BotText.Of(Grid!);

    /// <summary>In quote: what it takes in all where it states that itself; null for a DCA bot, which is counted by its preview.</summary>
    public decimal? Investment => Grid?.Investment;

    public static BotDraft Of(DcaSettings settings) => new(settings, null);

    public static BotDraft Of(GridSettings settings) => new(null, settings);

    /// <summary>Reads and checks what needs no market.</summary>
    /// <param name="settings">A JSON object with the names of the kind's settings.</param>
    /// <returns>The draft, or what is wrong by field: <c>kind</c>, <c>settings</c>, <c>settings.grids</c>.</returns>
    public static (BotDraft? Draft, IDictionary<string, string[]> Errors) Read(string? kind, string? settings)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (kind is not (DcaKind or GridKind))
        {
            errors["kind"] = [$"The kind is \"{kind}\"; {DcaKind} and {GridKind} are known: state one of them."];
            return (null, errors);
        }

        return (
            kind == DcaKind
                ? BotSettingsReader.Read(settings, new DcaSettingsValidator(), errors) is { } dca
                    ? Of(dca)
                    : null
                : BotSettingsReader.Read(settings, new GridSettingsValidator(), errors) is { } grid
                    ? Of(grid)
                    : null,
            errors
        );
    }
}
