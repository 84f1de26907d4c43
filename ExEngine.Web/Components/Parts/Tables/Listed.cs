namespace ExEngine.Web.Components.Parts.Tables;

/// <summary>
/// A row of a <see cref="LiveTable{TRow}"/>. It is the same one while its id is: the grid keeps the element, the focus and the choice of a
/// row whose state has moved on.
/// </summary>
public sealed class Listed<TRow>(Guid id, TRow row) : IEquatable<Listed<TRow>>
    where TRow : class
{
    public Guid Id { get; } = id;
    public TRow Row { get; } = row;

    public bool Equals(Listed<TRow>? other) => other is not null && other.Id == Id;

    public override bool Equals(object? obj) => Equals(obj as Listed<TRow>);

    public override int GetHashCode() => Id.GetHashCode();
}
