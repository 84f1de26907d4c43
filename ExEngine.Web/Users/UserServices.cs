using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

public static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddIdentityCookies();
        services.AddAuthorization();
        services.AddIdentityCore<AppUser>().AddEntityFrameworkStores<AppDb>().AddSignInManager().AddDefaultTokenProviders();
        return services;
    }

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
    }
}
