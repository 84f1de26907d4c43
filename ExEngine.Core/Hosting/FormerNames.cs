using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ExEngine.Core.Hosting;

/// <summary>Reads settings that are still stated under a <see cref="FormerNameAttribute"/>.</summary>
internal static class FormerNames
{
    /// <summary>Every name that the settings of this class once had.</summary>
    public static IEnumerable<string> Of(Type type) =>
        type.GetProperties()
            .Cast<MemberInfo>()
            .Append(type)
            .Select(m => m.GetCustomAttribute<FormerNameAttribute>()?.Name)
            .OfType<string>();

    /// <exception cref="InvalidOperationException">A value cannot be read; the message names it as the operator wrote it.</exception>
    public static void Bind(object options, IConfigurationSection section)
    {
        foreach (var setting in options.GetType().GetProperties())
        {
            if (
                setting.GetCustomAttribute<FormerNameAttribute>() is { } former
                && section[setting.Name] is null
                && section[former.Name] is not null
            )
            {
                setting.SetValue(options, section.GetSection(former.Name).Get(setting.PropertyType));
            }
        }
    }
}
