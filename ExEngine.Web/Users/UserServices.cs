using ExEngine.Core.Data;
using ExEngine.Core.Hosting;
using ExEngine.Core.RateLimits;
using ExEngine.Web.Users.Guessing;
using ExEngine.Web.Users.Invitations;
using ExEngine.Web.Users.Links;
using ExEngine.Web.Users.Operators;
using ExEngine.Web.Users.Proofs;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExEngine.Web.Users;

public static class UserServices
{
    /// <summary>Who may come in: ASP.NET Identity over our tables, cookies for browsers, bearer tokens for scripts.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddSettings<UserOptions>("Users");
        services.AddSettings<AuthRateLimitOptions>("RateLimits:Auth");
        services.AddAuthSchemes();
        services.AddAuthorization();
        services.AddIdentity();
        services.TryAddSingleton<RateLimiter, LocalRateLimiter>();
        services.AddSingleton<AuthLimiter>();
        services.AddSingleton<SignInHistory>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<DecoyPassword>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<GuessWaits>();
        services.AddSingleton<Confirmations>();
        services.AddScoped<OwnerProof>();
        services.AddInvitations();
        services.AddOperator();
        services.AddScoped<AuthenticationStateProvider, RevocableAuthenticationState>();
        return services;
    }

    private static void AddInvitations(this IServiceCollection services)
    {
        services.AddSingleton<RegistrationGate>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<UserLinks>();
        services.AddSingleton<ForgottenPassword>();
    }

    private static void AddOperator(this IServiceCollection services)
    {
        services.AddSingleton<OperatorRights>();
        services.AddSingleton<UserRoster>();
        services.AddSingleton<UserSwitch>();
        services.AddSingleton<OperatorActs>();
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        // Before Identity, which adds its own only where there is none.
        services.AddScoped<IPasswordValidator<AppUser>, PasswordPolicy>();
        services.AddScoped<IUserValidator<AppUser>, EmailPolicy>();
        services.AddSingleton<HashingThreads>();
        // Keeps nothing; what compares addresses outside of a request needs it too.
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IPasswordHasher<AppUser>, Argon2PasswordHasher>();
        services
            .AddIdentityCore<AppUser>()
            .AddUserStore<AppUserStore>()
            .AddDefaultTokenProviders()
            .AddApiEndpoints()
            .AddUserManager<AppUserManager>()
            .AddSignInManager<AppSignInManager>();
        services.Configure<IdentityOptions>(o => o.SignIn.RequireConfirmedAccount = false);
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // A passkey alone signs in: it knows whose it is, and the device asked for finger, face or PIN.
            o.ResidentKeyRequirement = "required";
            o.UserVerificationRequirement = "required";
        });
    }

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        app.MapSignOut();
        app.MapPasskeys();
        app.MapProofs();
    }
}
