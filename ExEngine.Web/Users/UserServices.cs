using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

public static class UserServices
{
    /// <summary>Who may come in: ASP.NET Identity over our tables, cookies for browsers, bearer tokens for scripts.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<UserOptions>().BindConfiguration("Users").ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthSchemes();
        services.AddAuthorization();
        services.AddIdentityCore<AppUser>()
            .AddEntityFrameworkStores<AppDb>()
            .AddDefaultTokenProviders()
            .AddApiEndpoints()
            .AddUserManager<AppUserManager>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<UserOptions>>((o, users) => Configure(o, users.Value));
        services.AddOptions<PasswordHasherOptions>()
            .Configure<IOptions<UserOptions>>((o, users) => o.IterationCount = users.Value.HashIterations);
        services.AddOptions<SecurityStampValidatorOptions>()
            .Configure<IOptions<UserOptions>>((o, users) => o.ValidationInterval = TimeSpan.FromSeconds(users.Value.RevalidateSeconds));
        return services;
    }

    private static void Configure(IdentityOptions options, UserOptions users)
    {
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = ""; // the e-mail address is the name, and may hold what addresses may hold
        options.SignIn.RequireConfirmedAccount = false;
        options.Lockout.MaxFailedAccessAttempts = users.LockoutAfterFailures;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(users.LockoutMinutes);
        options.Password = new PasswordOptions
        {
            RequiredLength = 12,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
    }

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        app.MapSignOut();
        app.MapGroup("/api/auth").WithTags("Users").MapIdentityApi<AppUser>();
    }
}
