using ExEngine.Core.Data;
using ExEngine.Web.Users;
using ExEngine.Web.Users.Proofs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Components.Account;

/// <summary>
/// A page about the signed-in user. <see cref="Me"/> is null only while the browser is sent away, and then nothing may be done: what a
/// form asks for asks <see cref="Me"/> first.
/// </summary>
public abstract class SettingsPage : ComponentBase
{
    [Inject]
    protected UserManager<AppUser> Users { get; set; } = default!;

    [Inject]
    protected SignInManager<AppUser> SignIns { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected OwnerProof Proof { get; set; } = default!;

    [Inject]
    private Confirmations Confirmations { get; set; } = default!;

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    protected AppUser? Me { get; private set; }

    /// <summary>
    /// Whether what the page does gives lasting access or takes it away. Then it opens, and its forms are taken, only while the owner's
    /// last proof counts; otherwise the browser goes to give one and comes back.
    /// </summary>
    protected virtual bool NeedsConfirmation => false;

    protected override async Task OnInitializedAsync()
    {
        var user = await Users.GetUserAsync(HttpContext.User);
        if (user is null)
        {
            await SignIns.SignOutAsync();
            Navigation.NavigateTo("/account/sign-in");
            return;
        }

        if (NeedsConfirmation)
        {
            var confirmedAt = await Confirmations.FreshAsync(HttpContext.User, HttpContext.RequestAborted);
            if (confirmedAt is null)
            {
                Navigation.NavigateTo(LocalUrl.With("/account/confirm", "/" + Navigation.ToBaseRelativePath(Navigation.Uri)));
                return;
            }

            ((AppSignInManager)SignIns).ConfirmedAt = confirmedAt;
        }

        Me = user;
        await LoadAsync(user);
    }

    /// <summary>Reads what the page shows; runs before a form of it is handled.</summary>
    protected virtual Task LoadAsync(AppUser user) => Task.CompletedTask;

    /// <summary>Goes to a page that then says what was done.</summary>
    protected void Finish(string page, Done done) => Navigation.NavigateTo($"{page}?done={done}");
}
