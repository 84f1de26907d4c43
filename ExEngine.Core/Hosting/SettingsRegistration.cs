using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Hosting;

public static class SettingsRegistration
{
    /// <summary>Binds a section of the configuration and has it checked at start, before anything runs.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class, new()
    {
        services.AddSingleton(new SettingsSection(section, typeof(T)));
        services.AddSingleton<IValidateOptions<T>>(sp => new SettingsValidator<T>(
            section,
            sp.GetRequiredService<IConfiguration>(),
            sp.GetServices<SettingsSection>()
        ));
        return services
            .AddOptions<T>()
            .ValidateOnStart()
            .Configure<IConfiguration>((options, configuration) => Bind(options, configuration.GetSection(section)));
    }

    private static void Bind<T>(T options, IConfigurationSection section)
        where T : class
    {
        try
        {
            section.Bind(options);
            FormerNames.Bind(options, section);
        }
        catch (InvalidOperationException)
        {
            // The validator reads it again and says this together with all else that is wrong.
        }
    }
}
