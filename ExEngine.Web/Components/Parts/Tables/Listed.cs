namespace ExEngine.Web.Components.Parts.Tables;

/// <summary>
/// A row of a <see cref="LiveTable{TRow}"/> and its place. Two are equal when they stand at the same place: the grid has no other way to know
/// which element of the page is whose, and would make every row anew for each one that joins above them. This way elements stay, and only
/// what is written in them changes.
/// </summary>
/// <param name="place">From the top, the first is 0.</param>
public sealed class Listed<TRow>(int place, Guid id, TRow row) : IEquatable<Listed<TRow>>
    where TRow : class
{
    public int Place { get; } = place;
    public Guid Id { get; } = id;
    public TRow Row { get; } = row;

    public bool Equals(Listed<TRow>? other) => other is not null && other.Place == Place;

    public override bool Equals(object? obj) => Equals(obj as Listed<TRow>);

    public override int GetHashCode() => Place;
}
