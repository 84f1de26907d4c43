using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ExEngine.Web.Components.Parts;

public static class DialogOpening
{
    /// <summary>Opens a component in a dialog and waits until it closes; it closes itself by its cascading <see cref="IMudDialogInstance"/>.</summary>
    /// <param name="dialogs">Those of the circuit.</param>
    /// <param name="title">The heading.</param>
    /// <param name="parameters">Of the component.</param>
    /// <param name="width">At the most; on a phone it is as wide as the screen lets it.</param>
    /// <returns>What it was closed with; null for cancel, Escape and the cross.</returns>
    public static async Task<object?> OpenAsync<TBody>(
        this IDialogService dialogs,
        string title,
        Dictionary<string, object?>? parameters = null,
        MaxWidth width = MaxWidth.Small
    )
        where TBody : IComponent
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        var frame = new DialogParameters<DialogFrame> { { f => f.Body, typeof(TBody) }, { f => f.Parameters, parameters! } };
        var dialog = await dialogs.ShowAsync<DialogFrame>(title, frame, new DialogOptions { MaxWidth = width });
        return (await dialog.Result)?.Data;
    }
}
