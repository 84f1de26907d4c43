namespace ExEngine.Core.Hosting;

/// <summary>One section of the configuration and the class that holds its values; <c>docs/settings.md</c> lists them all.</summary>
public sealed record SettingsSection(string Name, Type Type);
