using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace ExEngine.Web.Components.Parts;

/// <summary>What an open page asks before it gives lasting access: see <see cref="Confirmations"/>.</summary>
public sealed class ProofPrompt(Confirmations confirmations, DialogService dialogs, AuthenticationStateProvider authentication)
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

        await dialogs.OpenAsync<ProofDialog>(
            "Is it you?",
            [],
            new DialogOptions
            {
                Width = "min(26rem, calc(100vw - 2rem))",
                CloseDialogOnEsc = true,
                AutoFocusFirstElement = true,
            }
        );

        // The row says it, whatever the browser says.
        return await confirmations.IsFreshAsync(user, cancellationToken);
    }
}
