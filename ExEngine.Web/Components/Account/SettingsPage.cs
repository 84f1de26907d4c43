using ExEngine.Core.Data;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Components.Account;

/// <summary>A page about the signed-in user. <see cref="Me"/> is null only while the browser is sent away.</summary>
public abstract class SettingsPage : ComponentBase
{
    [Inject]
    protected UserManager<AppUser> Users { get; set; } = default!;

    [Inject]
    protected SignInManager<AppUser> SignIns { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private AuthLimiter Limiter { get; set; } = default!;

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    protected AppUser? Me { get; private set; }

    protected override async Task OnInitializedAsync()
    {
        Me = await Users.GetUserAsync(HttpContext.User);
        if (Me is null)
        {
            await SignIns.SignOutAsync();
            Navigation.NavigateTo("/account/sign-in");
            return;
        }

        await LoadAsync(Me);
    }

    /// <summary>Reads what the page shows; runs before a form of it is handled.</summary>
    protected virtual Task LoadAsync(AppUser user) => Task.CompletedTask;

    /// <summary>Goes to a page that then says what was done.</summary>
    protected void Finish(string page, Done done) => Navigation.NavigateTo($"{page}?done={done}");

    /// <summary>True when the attempt to prove a password or code may go on; else the form says when to come back.</summary>
    protected async Task<bool> MayTryAsync(ServerForm form)
    {
        var wait = await Limiter.RefuseAsync(HttpContext, "prove", HttpContext.User.UserId().ToString());
        if (wait is { } time)
        {
            form.RefuseTooMany(time);
        }

        return wait is null;
    }

    /// <summary>Checks the password that a form asks for again; wrong ones count towards the lockout.</summary>
    protected async Task<bool> ProvePasswordAsync(ServerForm form, string field, string password)
    {
        if (!await MayTryAsync(form))
        {
            return false;
        }

        var refusal = await PasswordProof.RefuseAsync(SignIns, Me!, password);
        if (refusal is not null)
        {
            form.Refuse(field, refusal);
        }

        return refusal is null;
    }
}
