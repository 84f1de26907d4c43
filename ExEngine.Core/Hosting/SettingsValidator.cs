using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Hosting;

/// <summary>
/// Says everything that is wrong with one section of the settings, by the name that the operator wrote: values that
/// cannot be read, values out of range, and names that no setting has.
/// </summary>
public sealed class SettingsValidator<T>(string section, IConfiguration configuration, IEnumerable<SettingsSection> sections)
    : IValidateOptions<T>
    where T : class, new()
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var failures = new List<string>();
        try
        {
            var stated = configuration.GetSection(section);
            FormerNames.Bind(stated.Get<T>() ?? new T(), stated);
        }
        catch (InvalidOperationException e)
        {
            failures.Add($"{e.Message} docs/settings.md shows the form of each value.");
        }

        if (options is IDictionary byId)
        {
            foreach (DictionaryEntry entry in byId)
            {
                Check($"{section}:{entry.Key}", entry.Value!, failures);
            }
        }
        else
        {
            Check(section, options, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void Check(string path, object options, List<string> failures)
    {
        var settings = options.GetType().GetProperties().Where(p => p.CanWrite).ToList();
        var names = settings.Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        foreach (var stated in configuration.GetSection(path).GetChildren().Where(c => !IsSection(c.Path)))
        {
            if (!names.Concat(FormerNames.Of(options.GetType())).Contains(stated.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{stated.Path} is not a setting. {path} has: {string.Join(", ", names)}.");
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        failures.AddRange(results.Select(r => $"{path}:{string.Join(", ", r.MemberNames)}: {r.ErrorMessage}"));
        foreach (var setting in settings.Where(IsGroup))
        {
            if (setting.GetValue(options) is { } group)
            {
                Check($"{path}:{setting.Name}", group, failures);
            }
        }
    }

    private bool IsSection(string path) => sections.Any(s => s.Name.Equals(path, StringComparison.OrdinalIgnoreCase));

    private static bool IsGroup(PropertyInfo setting) =>
        setting.PropertyType is { IsClass: true } type && type.Assembly.GetName().Name!.StartsWith("ExEngine.", StringComparison.Ordinal);
}
