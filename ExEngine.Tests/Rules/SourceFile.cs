using System.Text.RegularExpressions;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Rules;

/// <param name="Path">From the root of the repository, with forward slashes.</param>
/// <param name="Code">The text without comments and without what strings hold.</param>
public sealed partial record SourceFile(string Path, string Code, int Lines)
{
    /// <summary>The folder under the project: the word of the glossary that the file belongs to.</summary>
    public string Folder => Path.Split('/') is { Length: > 2 } parts ? parts[1] : "";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Every C# file that people wrote.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. new[] { "ExEngine.Core", "ExEngine.Web", "ExEngine.Tests" }.SelectMany(Of)];

    private static IEnumerable<SourceFile> Of(string project) =>
        Directory
            .EnumerateFiles(Source.Path(project), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Source.Root, file).Replace('\\', '/'))
            .Where(path => !Written().IsMatch(path))
            .Select(path => (path, text: File.ReadAllText(Source.Path(path))))
            .Select(f => new SourceFile(f.path, Hidden().Replace(f.text, "\"\""), f.text.Count(c => c == '\n')));

    [GeneratedRegex("/(obj|bin|node_modules|Migrations|Compiled)/")]
    private static partial Regex Written();

    [GeneratedRegex(""""//[^\n]*|/\*.*?\*/|"""(?s:.*?)"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'"""", RegexOptions.Singleline)]
    private static partial Regex Hidden();
}
