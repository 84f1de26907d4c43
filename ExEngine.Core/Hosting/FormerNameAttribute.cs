namespace ExEngine.Core.Hosting;

/// <summary>
/// A name that a setting had in an earlier version. On a property of a settings class: it is still read, unless the name of today
/// is stated too. On the class: it is accepted and means nothing any more.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
