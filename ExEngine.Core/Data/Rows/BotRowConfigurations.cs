using ExEngine.Core.Bots.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ExEngine.Core.Data.Rows;

internal sealed class BotConfiguration : IEntityTypeConfiguration<Bot>
{
    public void Configure(EntityTypeBuilder<Bot> builder)
    {
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Name).HasMaxLength(Bot.MaxName);
        builder.Property(b => b.NormalizedName).HasMaxLength(Bot.MaxName);
        builder.Property(b => b.Symbol).HasMaxLength(64);
        builder.Property(b => b.Problem).HasMaxLength(Bot.MaxProblem);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Ignore(b => b.IsActive);
        builder.HasIndex(b => new { b.UserId, b.NormalizedName }).IsUnique().HasFilter("archived_at IS NULL");
        builder.HasIndex(b => new { b.UserId, b.Id });
        builder.HasIndex(b => new { b.AccountId, b.Status });
    }
}

internal sealed class BotRequestConfiguration : IEntityTypeConfiguration<BotRequest>
{
    public void Configure(EntityTypeBuilder<BotRequest> builder)
    {
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.BotId).HasFilter("done_at IS NULL");
        builder.HasIndex(r => r.AccountId);
    }
}

internal sealed class BotDealConfiguration : IEntityTypeConfiguration<BotDeal>
{
    public void Configure(EntityTypeBuilder<BotDeal> builder)
    {
        builder.HasKey(d => new { d.BotId, d.Number });
        builder.HasIndex(d => d.AccountId);
    }
}

internal sealed class BotJournalEntryConfiguration : IEntityTypeConfiguration<BotJournalEntry>
{
    public void Configure(EntityTypeBuilder<BotJournalEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Text).HasMaxLength(BotJournalEntry.MaxText);
        builder.HasIndex(e => new { e.BotId, e.Id });
        builder.HasIndex(e => e.AccountId);
    }
}
