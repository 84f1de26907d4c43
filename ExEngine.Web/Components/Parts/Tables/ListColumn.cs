using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExEngine.Web.Components.Parts.Tables;

/// <summary>A column of a <see cref="LiveTable{TRow}"/>: MudBlazor's, with a head that is a button where the list can be sorted by it.</summary>
public sealed class ListColumn<TRow> : TemplateColumn<Listed<TRow>>
    where TRow : class
{
    /// <summary>Its class on every cell, and its name in the address; lower-case letters.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    /// <summary>Whether the database can sort by it.</summary>
    [Parameter]
    public bool Sorts { get; set; }

    /// <summary>Figures, which stand at the right.</summary>
    [Parameter]
    public bool Number { get; set; }

    /// <summary>For screen readers only: what is in it says it to others.</summary>
    [Parameter]
    public bool HideTitle { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment<TRow> Cell { get; set; } = default!;

    /// <summary>More classes of a cell.</summary>
    [Parameter]
    public Func<TRow, string?>? ClassOf { get; set; }

    public override string PropertyName => Key;

    protected override void OnParametersSet()
    {
        var css = Number ? $"{Key} number" : Key;
        (HeaderClass, CellClass) = (css, css);
        (Sortable, Resizable) = (Sorts, !HideTitle);

        // A head takes what it shows first from here, not from the grid.
        InitialDirection =
            DataGrid?.SortDefinitions.GetValueOrDefault(Key) is not { } sort ? SortDirection.None
            : sort.Descending ? SortDirection.Descending
            : SortDirection.Ascending;
        CellClassFunc = ClassOf is { } of ? listed => of(listed.Row) ?? "" : null;
        CellTemplate = context => Cell(context.Item.Row);
        HeaderTemplate = _ =>
            builder =>
            {
                builder.OpenElement(0, Sorts ? "button" : "span");
                builder.AddAttribute(
                    1,
                    "class",
                    Sorts ? "sort"
                        : HideTitle ? "visually-hidden"
                        : "head"
                );
                if (Sorts)
                {
                    builder.AddAttribute(2, "type", "button");
                }

                builder.AddContent(3, Title);
                builder.CloseElement();
            };
        base.OnParametersSet();
    }
}
