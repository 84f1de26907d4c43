namespace ExEngine.Core.Markets;

/// <summary>Why a draft may not be sent, with its numbers as exact decimal strings.</summary>
/// <param name="Code">One of <see cref="RefusalCode.All"/>; tests and scripts match it, never the sentence.</param>
/// <param name="Field">The draft's field: <c>price</c>, <c>stopPrice</c>, <c>quantity</c>, <c>cost</c>, <c>symbol</c>.</param>
/// <param name="Asked">What was stated.</param>
/// <param name="Limit">The rule that it broke: a tick, a step, a minimum, a maximum.</param>
/// <param name="Nearest">The allowed values next to it, ascending: one or two; empty where none helps.</param>
/// <param name="Message">One sentence: what was wrong, what is allowed, what to do.</param>
public sealed record OrderRefusal(string Code, string Field, string? Asked, string? Limit, IReadOnlyList<string> Nearest, string Message);
