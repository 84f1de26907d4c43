namespace ExEngine.Core.Redis;

/// <param name="Answered">False when Redis is away; <paramref name="Value"/> then means nothing.</param>
public readonly record struct RedisReply<T>(bool Answered, T Value);
