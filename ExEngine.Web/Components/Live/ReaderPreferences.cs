using System.Runtime.CompilerServices;
using ExEngine.Core.Preferences;

namespace ExEngine.Web.Components.Live;

/// <summary>
/// The preferences of whoever is shown what is rendered just now. Every circuit, and every page that is rendered once, has a renderer
/// of its own, and all that it runs (first paint, events, timers, news) runs under its synchronization context: so a text that is made
/// there is in the reader's format without each of a thousand amounts carrying it, and no amount asks the database. What is made
/// elsewhere, such as REST and CSV, knows no reader.
/// </summary>
public static class ReaderPreferences
{
    private static readonly ConditionalWeakTable<SynchronizationContext, UserPreferences> ByRenderer = [];

    public static UserPreferences Current =>
        SynchronizationContext.Current is { } renderer && ByRenderer.TryGetValue(renderer, out var preferences)
            ? preferences
            : UserPreferences.Default;

    /// <summary>From now on, for all that this renderer renders. Called on the renderer's own thread of work.</summary>
    public static void Set(UserPreferences preferences)
    {
        if (SynchronizationContext.Current is { } renderer)
        {
            ByRenderer.AddOrUpdate(renderer, preferences);
        }
    }
}
