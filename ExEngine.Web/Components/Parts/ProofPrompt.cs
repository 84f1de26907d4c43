using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace ExEngine.Web.Components.Parts;

/// <summary>What an open page asks before it gives lasting access: see <see cref="Confirmations"/>.</summary>
public sealed class ProofPrompt(Confirmations confirmations, IDialogService dialogs, AuthenticationStateProvider authentication)
{
    /// <summary>Asks with a dialog when the owner's last proof is too old.</summary>
    /// <returns>True when there is one now; without it nothing may be done.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (await confirmations.IsFreshAsync(user, cancellationToken))
        {
            return true;
        }

        await dialogs.OpenAsync<ProofDialog>("Is it you?", width: MaxWidth.ExtraSmall);

        // The row says it, whatever the browser says.
        return await confirmations.IsFreshAsync(user, cancellationToken);
    }
}
