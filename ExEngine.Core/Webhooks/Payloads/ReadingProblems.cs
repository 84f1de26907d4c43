using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// What a preset found wrong with an alert. What is wrong whatever is traded is an error at once; what is wrong with a field that may not
/// be used is a doubt until it is known what the alert wants (<see cref="FieldUse"/>).
/// </summary>
public sealed class ReadingProblems
{
    public List<FieldError> Errors { get; } = [];

    internal List<FieldDoubt> Doubts { get; } = [];

    internal void Doubt(FieldMeaning meaning, FieldError error, bool isEmpty = false) => Doubts.Add(new(meaning, error, null, isEmpty));

    /// <summary>The alert cannot be traded as it was written, if this field is used.</summary>
    internal void Refuse(FieldMeaning meaning, string code, string field, string? asked, string message) =>
        Doubts.Add(new(meaning, new FieldError(field, message), new OrderRefusal(code, field, asked, null, [], message), IsEmpty: false));
}

/// <param name="Refusal">Null for a value that cannot be read, which is an error.</param>
/// <param name="IsEmpty">The field is stated and has no value.</param>
internal sealed record FieldDoubt(FieldMeaning Meaning, FieldError Error, OrderRefusal? Refusal, bool IsEmpty);
